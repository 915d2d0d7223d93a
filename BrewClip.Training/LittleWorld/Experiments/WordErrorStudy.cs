using BrewClip.Training.Evaluation;

namespace BrewClip.Training.LittleWorld.Experiments;

/// <summary>How R@1 of one kind of model falls with the word error rate of the transcripts.</summary>
/// <param name="Method">The kind of model.</param>
/// <param name="Intercept">Log-odds of a hit without word errors.</param>
/// <param name="Slope">Change of the log-odds for a word error rate of 1.</param>
/// <param name="SlopeError">The slope's standard error, as if there were one seed.</param>
/// <param name="Recalls">The share of hits in each of <see cref="WordErrorStudy.Bins"/>; null where there is no utterance.</param>
public sealed record WordErrorCurve(string Method, double? Intercept, double? Slope, double? SlopeError, IReadOnlyList<double?> Recalls);

/// <summary>
/// Transcription against retrieval (paper, section 5, "Impact of Transcription Quality") on a corpus and its noisy copies together, every
/// model on the same utterances.
/// </summary>
public sealed record WordErrorStudy
{
    // Upper ends of the classes of word error rates.
    private static readonly double[] _ends = [0, 0.1, 0.25, 0.5, double.PositiveInfinity];

    /// <summary>The names of the classes of word error rates.</summary>
    public static IReadOnlyList<string> Bins { get; } = ["0", "to 10 %", "to 25 %", "to 50 %", "above"];

    /// <summary>The corpus.</summary>
    public required string Corpus { get; init; }

    /// <summary>The word error rate of each of the corpora, by name.</summary>
    public required IReadOnlyDictionary<string, double> Rates { get; init; }

    /// <summary>Utterances in each class.</summary>
    public required IReadOnlyList<int> Utterances { get; init; }

    /// <summary>A curve for each kind of model.</summary>
    public required IReadOnlyList<WordErrorCurve> Curves { get; init; }

    /// <summary>
    /// In each class, R@1 of the full model less that of the prompted pipeline; null where there is no utterance or either is missing.
    /// </summary>
    public required IReadOnlyList<BootstrapInterval?> FullOverPipeline { get; init; }

    /// <summary>
    /// The word error rate above which the curve of the full model lies above the pipeline's; null where they do not cross so.
    /// </summary>
    public double? Crossing { get; init; }

    /// <summary>Looks at a corpus.</summary>
    /// <param name="clean">The corpus' name.</param>
    /// <param name="corpora">The corpus and its noisy copies.</param>
    /// <param name="transcripts">What was heard in each.</param>
    /// <param name="queries">What the models did.</param>
    internal static WordErrorStudy Compute(
        string clean, IReadOnlyList<ExperimentCorpus> corpora, IReadOnlyDictionary<string, ExperimentTranscripts> transcripts,
            ExperimentQueries queries)
    {
        double[] rates = [.. corpora.SelectMany(corpus => transcripts[corpus.Name].Rates)];
        int[] classes = [.. rates.Select(rate => Array.FindIndex(_ends, end => rate <= end))];
        string[] images = [.. corpora.SelectMany(corpus => queries.ImagesOf(corpus.Name))];
        (string Name, string? TrainedOn)[] models =
        [
            (ExperimentMethod.ZeroShot.Name, null), .. ExperimentMethod.Variants.Select(method => (method.Name, (string?)clean)),
        ];
        var curves = new List<WordErrorCurve>();
        var hits = new Dictionary<string, double[]>(StringComparer.Ordinal);
        foreach (var model in models)
        {
            var measured = corpora.Select(corpus => queries.WithOwnText(model, corpus.Name)).ToList();
            if (measured.All(seeds => seeds.Count > 0))
            {
                hits[model.Name] = [.. measured.SelectMany(seeds => ExperimentQueries.Hits(seeds, 1))];
                curves.Add(Curve(model.Name, measured, rates, hits[model.Name], classes));
            }
        }

        return new WordErrorStudy
        {
            Corpus = clean,
            Rates = corpora.ToDictionary(corpus => corpus.Name, corpus => transcripts[corpus.Name].WordErrorRate, StringComparer.Ordinal),
            Utterances = [.. _ends.Select((_, bin) => classes.Count(value => value == bin))],
            Curves = curves,
            FullOverPipeline = [.. _ends.Select((_, bin) => Difference(hits, classes, bin, images))],
            Crossing = Cross(curves),
        };
    }

    // One fit for each seed: seeds repeat the same utterances, which are not so many independent ones.
    private static WordErrorCurve Curve(
        string method, List<IReadOnlyList<RetrievalMeasurement>> measured, double[] rates, double[] hits, int[] classes)
    {
        var predictors = rates.Select(rate => new[] { rate }).ToList();
        var fits = Enumerable.Range(0, measured.Min(seeds => seeds.Count))
            .Select(seed => Fit(predictors, [.. measured.SelectMany(seeds => seeds[seed].UtteranceRanks).Select(rank => rank < 1)]))
            .OfType<LogisticRegression>().ToList();
        double? Mean(Func<LogisticRegression, double> value) => fits.Count == 0 ? null : fits.Average(value);
        return new WordErrorCurve(
            method, Mean(fit => fit.Coefficients[0]), Mean(fit => fit.Coefficients[1]), Mean(fit => fit.StandardErrors[1]),
            [.. _ends.Select((_, bin) => hits.Where((_, i) => classes[i] == bin).Cast<double?>().DefaultIfEmpty(null).Average())]);
    }

    // All hit, none hits, or all transcripts are equally good: there is no curve then.
    private static LogisticRegression? Fit(List<double[]> rates, bool[] hits)
    {
        try
        {
            return LogisticRegression.Fit(rates, hits);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static BootstrapInterval? Difference(Dictionary<string, double[]> hits, int[] classes, int bin, string[] images)
    {
        int[] chosen = [.. Enumerable.Range(0, classes.Length).Where(i => classes[i] == bin)];
        return chosen.Length > 0 && hits.TryGetValue(ExperimentMethod.Full.Name, out double[]? full)
            && hits.TryGetValue(ExperimentMethod.Prompted.Name, out double[]? prompted)
            ? BootstrapInterval.ComputeClustered([.. chosen.Select(i => full[i] - prompted[i])], [.. chosen.Select(i => images[i])])
            : null;
    }

    private static double? Cross(List<WordErrorCurve> curves)
    {
        var full = curves.Find(curve => curve.Method == ExperimentMethod.Full.Name);
        var prompted = curves.Find(curve => curve.Method == ExperimentMethod.Prompted.Name);
        double? crossing = (prompted?.Intercept - full?.Intercept) / (full?.Slope - prompted?.Slope);
        return crossing is >= 0 && full!.Slope > prompted!.Slope ? crossing : null;
    }
}
