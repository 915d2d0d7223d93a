using System.Globalization;

namespace BrewClip.Training.LittleWorld.Experiments;

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
