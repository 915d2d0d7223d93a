using BrewClip.Training.Evaluation;

namespace BrewClip.Training.LittleWorld.Experiments;

/// <summary>The rows' measurements, query by query, with the seeds of each kind of model together.</summary>
internal sealed class ExperimentQueries
{
    private static readonly int[] _cutoffs = [1, 5, 10];

    private readonly Dictionary<string, ExperimentCorpus> _corpora;
    private readonly ILookup<(string Method, string? TrainedOn, string Corpus, PipelineText? Text), RetrievalMeasurement> _measurements;

    public ExperimentQueries(IReadOnlyList<ExperimentCorpus> corpora, IReadOnlyList<ExperimentRow> rows)
    {
        _corpora = corpora.ToDictionary(corpus => corpus.Name, StringComparer.Ordinal);
        _measurements = rows.OrderBy(row => row.Seed).SelectMany(row => row.Retrieval.Select(measured => (Row: row, Measured: measured)))
            .Where(item => _corpora.ContainsKey(item.Measured.Corpus))
            .ToLookup(item => (item.Row.Method, item.Row.TrainedOn, item.Measured.Corpus, item.Measured.Text), item => item.Measured);
    }

    /// <summary>The measurements of a kind of model, one for each seed.</summary>
    public IReadOnlyList<RetrievalMeasurement> Of(string method, string? trainedOn, string corpus, PipelineText? text) =>
        [.. _measurements[(method, trainedOn, corpus, text)]];

    /// <summary>Every kind of model on every corpus.</summary>
    public IEnumerable<ExperimentSummary> Summaries() => _measurements.Select(group => Summarise(group.Key, [.. group]));

    /// <summary>What one kind of model has over another, in R@1; null where either is not measured.</summary>
    public ExperimentDifference? Difference((string Method, string? TrainedOn) better, (string Method, string? TrainedOn) worse,
        string corpus)
    {
        var (more, less) = (WithOwnText(better, corpus), WithOwnText(worse, corpus));
        if (more.Count == 0 || less.Count == 0)
        {
            return null;
        }

        double[] differences = [.. Hits(more, 1).Zip(Hits(less, 1), (one, other) => one - other)];
        return new ExperimentDifference(
            better.Method, worse.Method, better.TrainedOn ?? worse.TrainedOn, corpus,
                BootstrapInterval.ComputeClustered(differences, ImagesOf(corpus)));
    }

    /// <summary>For each utterance the share of seeds with which its image is among the first.</summary>
    public static double[] Hits(IReadOnlyList<RetrievalMeasurement> seeds, int cutoff) =>
        Shares(seeds, seed => seed.UtteranceRanks, cutoff);

    /// <summary>With transcripts, where a kind of model reads any.</summary>
    public IReadOnlyList<RetrievalMeasurement> WithOwnText((string Method, string? TrainedOn) model, string corpus) =>
        Of(model.Method, model.TrainedOn, corpus, PipelineText.Transcripts) is { Count: > 0 } read
            ? read
            : Of(model.Method, model.TrainedOn, corpus, null);

    /// <summary>The image of each utterance of a corpus.</summary>
    public IReadOnlyList<string> ImagesOf(string corpus) => [.. _corpora[corpus].Captions.Select(caption => caption.ImageId)];

    /// <summary>The sample standard deviation.</summary>
    public static double Deviation(IReadOnlyList<double> values)
    {
        double mean = values.Average();
        return values.Count < 2 ? 0 : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
    }

    private ExperimentSummary Summarise((string Method, string? TrainedOn, string Corpus, PipelineText? Text) key,
        IReadOnlyList<RetrievalMeasurement> seeds)
    {
        var corpus = _corpora[key.Corpus];
        string[] pairs = [.. corpus.MoodPairs().Select(pair => pair.Pair)];
        double[] decisions = [.. Enumerable.Range(0, pairs.Length).Select(i => seeds.Average(seed => seed.MoodDecisions[i]))];
        return new ExperimentSummary
        {
            Method = key.Method,
            TrainedOn = key.TrainedOn,
            Corpus = key.Corpus,
            Text = key.Text,
            Seeds = seeds.Count,
            Utterances = seeds[0].UtteranceRanks.Count,
            Images = seeds[0].ImageRanks.Count,
            Recalls = [.. _cutoffs.Select(cutoff => Recall(corpus, seeds, cutoff))],
            Deviation = Deviation([.. seeds.Select(seed => seed.UtteranceRanks.Average(rank => rank < 1 ? 1.0 : 0))]),
            MoodPairs = pairs.Length == 0 ? null : BootstrapInterval.ComputeClustered(decisions, pairs),
        };
    }

    private RecallWithInterval Recall(ExperimentCorpus corpus, IReadOnlyList<RetrievalMeasurement> seeds, int cutoff)
    {
        var forward = BootstrapInterval.ComputeClustered(Hits(seeds, cutoff), ImagesOf(corpus.Name));
        var backward = BootstrapInterval.Compute(Shares(seeds, seed => seed.ImageRanks, cutoff));
        return new RecallWithInterval(cutoff, forward, backward, (forward.Mean + backward.Mean) / 2);
    }

    private static double[] Shares(IReadOnlyList<RetrievalMeasurement> seeds, Func<RetrievalMeasurement, IReadOnlyList<int>> ranksOf,
        int cutoff) =>
        [.. Enumerable.Range(0, ranksOf(seeds[0]).Count).Select(i => seeds.Average(seed => ranksOf(seed)[i] < cutoff ? 1.0 : 0))];
}
