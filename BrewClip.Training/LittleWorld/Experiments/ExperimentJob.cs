using System.Globalization;

namespace BrewClip.Training.LittleWorld.Experiments;

/// <summary>A piece of the experiment that is worked on and kept as a whole.</summary>
/// <param name="Id">Unique, and the name of its files.</param>
/// <param name="Seed">The seed of what is trained; 0 where nothing is.</param>
internal abstract record ExperimentJob(string Id, int Seed);

/// <summary>A model, trained where it has to be, measured on every corpus.</summary>
/// <param name="Id">Unique, and the name of its files.</param>
/// <param name="Method">What kind of model.</param>
/// <param name="TrainedOn">The corpus that it is trained on; null where nothing is trained.</param>
/// <param name="Seed">The training's seed.</param>
internal sealed record RetrievalJob(string Id, ExperimentMethod Method, string? TrainedOn, int Seed) : ExperimentJob(Id, Seed);

/// <summary>A model that lies beside the towers, as it is.</summary>
/// <param name="Id">Unique, and the name of its files.</param>
/// <param name="Name">Its name in tables.</param>
/// <param name="Folder">Its folder.</param>
internal sealed record GivenModelJob(string Id, string Name, string Folder) : ExperimentJob(Id, 0);

/// <summary>A probe of what vectors know about moods.</summary>
/// <param name="Id">Unique, and the name of its files.</param>
/// <param name="Probe">Which vectors, and how.</param>
/// <param name="Seed">The probe's seed, and that of the model that it looks into.</param>
internal sealed record MoodProbeJob(string Id, MoodProbeKind Probe, int Seed) : ExperimentJob(Id, Seed);

/// <summary>All jobs in the order in which they are worked on: a first seed of everything before a second of anything.</summary>
internal static class ExperimentPlan
{
    /// <summary>The jobs of an experiment.</summary>
    public static IReadOnlyList<ExperimentJob> Make(ExperimentOptions options, IReadOnlyList<GivenModelJob> given)
    {
        List<ExperimentJob> jobs = [new RetrievalJob(ExperimentMethod.ZeroShot.Id, ExperimentMethod.ZeroShot, null, 0), .. given];
        for (int seed = 1; seed <= options.Seeds && options.TrainOn.Count > 0; seed++)
        {
            foreach (var corpus in options.TrainOn)
            {
                jobs.AddRange(ExperimentMethod.Variants.Select(method => Training(method, corpus.Name, seed)));
            }

            jobs.AddRange(ExperimentMethod.Readings.Select(method => Training(method, options.TrainOn[0].Name, seed)));
            if (options.TestOn.Any(corpus => corpus.Name == options.TrainOn[0].Name))
            {
                jobs.AddRange(MoodProbeKind.All
                    .Select(probe => new MoodProbeJob(Id(probe.Id, options.TrainOn[0].Name, seed), probe, seed)));
            }
        }

        return [.. jobs.Where(job => options.Rows.Count == 0
            || options.Rows.Any(filter => job.Id.Contains(filter, StringComparison.Ordinal)))];
    }

    /// <summary>The training of a method on a corpus with a seed.</summary>
    public static RetrievalJob Training(ExperimentMethod method, string corpus, int seed) =>
        new(Id(method.Id, corpus, seed), method, corpus, seed);

    private static string Id(string name, string corpus, int seed) =>
        string.Create(CultureInfo.InvariantCulture, $"{name}-{corpus}-{seed}");
}
