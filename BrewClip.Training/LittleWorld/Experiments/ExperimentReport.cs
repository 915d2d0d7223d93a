using System.Text.Json;
using System.Text.Json.Serialization;
using BrewClip.Core.Checkpoints;

namespace BrewClip.Training.LittleWorld.Experiments;

/// <summary>All that the experiment has found so far, as numbers; <see cref="ExperimentTables"/> prints them.</summary>
public sealed record ExperimentReport
{
    private static readonly JsonSerializerOptions _json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>The corpora that were tested on, noisy ones among them.</summary>
    public required IReadOnlyList<TestedCorpus> Corpora { get; init; }

    /// <summary>Names of the corpora that were trained on.</summary>
    public required IReadOnlyList<string> TrainedOn { get; init; }

    /// <summary>Steps of each training.</summary>
    public required int Steps { get; init; }

    /// <summary>Rows that are finished.</summary>
    public required int Rows { get; init; }

    /// <summary>Seconds that they took.</summary>
    public required double Seconds { get; init; }

    /// <summary>What was expected.</summary>
    public required IReadOnlyList<ExperimentGoal> Goals { get; init; }

    /// <summary>Retrieval.</summary>
    public required IReadOnlyList<ExperimentSummary> Retrieval { get; init; }

    /// <summary>Kinds of models compared query by query.</summary>
    public required IReadOnlyList<ExperimentDifference> Differences { get; init; }

    /// <summary>Word errors against recall.</summary>
    public required IReadOnlyList<WordErrorStudy> WordErrors { get; init; }

    /// <summary>Mood probes.</summary>
    public required IReadOnlyList<MoodSummary> Moods { get; init; }

    /// <summary>Writes <c>littleworld.md</c> and <c>littleworld.json</c>, each beside its place and then renamed.</summary>
    /// <param name="folder">Where to; made if absent.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        AtomicFile.WriteAllText(Path.Combine(folder, "littleworld.json"), JsonSerializer.Serialize(this, _json) + "\n");
        AtomicFile.WriteAllText(Path.Combine(folder, "littleworld.md"), ExperimentTables.ToMarkdown(this));
    }

    internal static ExperimentReport Make(
        ExperimentOptions options, IReadOnlyList<ExperimentCorpus> corpora, IReadOnlyDictionary<string, ExperimentTranscripts> transcripts,
        IReadOnlyList<ExperimentRow> rows)
    {
        var queries = new ExperimentQueries(corpora, rows);
        var summaries = queries.Summaries().ToList();
        string[] clean = [.. options.TestOn.Select(corpus => corpus.Name)];
        var studies = clean.Where(name => options.TrainOn.Any(corpus => corpus.Name == name))
            .ToDictionary(name => name, name =>
                WordErrorStudy.Compute(name, [.. corpora.Where(corpus => corpus.CleanName == name)], transcripts, queries));
        return new ExperimentReport
        {
            Corpora = [.. corpora.Select(corpus => TestedCorpus.Of(corpus, transcripts[corpus.Name].WordErrorRate))],
            TrainedOn = [.. options.TrainOn.Select(corpus => corpus.Name)],
            Steps = options.Steps,
            Rows = rows.Count,
            Seconds = rows.Sum(row => row.Seconds),
            Goals = [.. clean.SelectMany(name =>
                ExperimentGoal.Check(name, transcripts, queries, studies.GetValueOrDefault(name), summaries))],
            Retrieval = summaries,
            Differences = [.. Compare(options, clean, queries)],
            WordErrors = [.. studies.Values],
            Moods = [.. ProbedMoods(rows)],
        };
    }

    private static IEnumerable<ExperimentDifference> Compare(ExperimentOptions options, string[] corpora, ExperimentQueries queries)
    {
        foreach (string corpus in corpora)
        {
            (string, string?) Own(ExperimentMethod method) => (method.Name, corpus);
            ((string, string?) Better, (string, string?) Worse)[] pairs =
            [
                (Own(ExperimentMethod.Prompted), (ExperimentMethod.ZeroShot.Name, null)),
                (Own(ExperimentMethod.Full), (ExperimentMethod.ZeroShot.Name, null)),
                (Own(ExperimentMethod.Full), Own(ExperimentMethod.Prompted)),
                (Own(ExperimentMethod.Full), Own(ExperimentMethod.AcousticOnly)),
                .. ExperimentMethod.Readings.Select(reading => (Own(ExperimentMethod.Full), Own(reading))),
            ];
            foreach (var (better, worse) in pairs)
            {
                if (options.TrainOn.Any(item => item.Name == corpus) && queries.Difference(better, worse, corpus) is { } difference)
                {
                    yield return difference;
                }
            }
        }
    }

    private static IEnumerable<MoodSummary> ProbedMoods(IReadOnlyList<ExperimentRow> rows) => rows.Where(row => row.Moods.Count > 0)
        .GroupBy(row => row.Method, StringComparer.Ordinal)
        .Select(group => MoodSummary.Join(group.Key, [.. group.OrderBy(row => row.Seed).Select(row => row.Moods[0])]));
}

/// <summary>A corpus that was tested on.</summary>
/// <param name="Name">Its name.</param>
/// <param name="CleanName">The name of the corpus to which noise was added; its own where none was.</param>
/// <param name="Utterances">Utterances.</param>
/// <param name="Images">Images.</param>
/// <param name="LeftOut">Images that were left out, because training has seen their scenes.</param>
/// <param name="Twins">Pairs of images that differ in mood alone.</param>
/// <param name="WordErrorRate">Word errors of the transcripts over reference words.</param>
public sealed record TestedCorpus(string Name, string CleanName, int Utterances, int Images, int LeftOut, int Twins, double WordErrorRate)
{
    internal static TestedCorpus Of(ExperimentCorpus corpus, double rate) => new(
        corpus.Name, corpus.CleanName, corpus.Captions.Count, corpus.Captions.DistinctBy(caption => caption.ImageId).Count(),
            corpus.LeftOut,
        corpus.Twins.Count, rate);
}
