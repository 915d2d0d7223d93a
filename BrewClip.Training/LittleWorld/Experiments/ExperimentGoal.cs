using System.Globalization;
using BrewClip.Training.Evaluation;

namespace BrewClip.Training.LittleWorld.Experiments;

/// <summary>What the experiment was expected to show, and what it showed.</summary>
/// <param name="Expected">The expectation, fixed before anything was measured.</param>
/// <param name="Measured">The figure.</param>
/// <param name="IsMet">Whether the figure is as expected; by the mean, whatever its interval.</param>
public sealed record ExperimentGoal(string Expected, string Measured, bool IsMet)
{
    /// <summary>The goals for which there are figures.</summary>
    internal static IEnumerable<ExperimentGoal> Check(
        string corpus, IReadOnlyDictionary<string, ExperimentTranscripts> transcripts, ExperimentQueries queries, WordErrorStudy? study,
        IReadOnlyList<ExperimentSummary> summaries)
    {
        if (transcripts.TryGetValue(corpus, out var heard))
        {
            yield return new($"{corpus}: word error rate under 10 % on unseen voices", Percent(heard.WordErrorRate),
                heard.WordErrorRate < 0.1);
        }

        var (full, prompted) = (Own(summaries, ExperimentMethod.Full, corpus), Own(summaries, ExperimentMethod.Prompted, corpus));
        if (full is not null)
        {
            yield return AtLeast($"{corpus}: R@1 of full, speech to image among {full.Images} unseen scenes, at least 80 %",
                full.Recalls[0].SpeechToImage, 0.8);
        }

        if (queries.Difference((ExperimentMethod.Prompted.Name, corpus), (ExperimentMethod.ZeroShot.Name, null), corpus) is { } gain)
        {
            yield return Above($"{corpus}: prompted above zero-shot in R@1", gain.Recall);
        }

        foreach (var (bin, difference) in (study?.FullOverPipeline ?? []).Index().Where(item => item.Index >= 3 && item.Item is not null))
        {
            string where = $"word error rate {WordErrorStudy.Bins[bin]}";
            yield return Above($"{corpus}: full above prompted in R@1 where transcripts are bad ({where})", difference!);
        }

        if (prompted?.MoodPairs is { } words)
        {
            yield return new($"{corpus}: mood pairs by the prompted pipeline at chance", Interval(words),
                words is { Low: <= 0.5, High: >= 0.5 });
        }

        if (full?.MoodPairs is { } sound)
        {
            yield return AtLeast($"{corpus}: mood pairs by full above 85 %", sound, 0.85);
        }
    }

    internal static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture);

    internal static string Interval(BootstrapInterval value) => $"{Percent(value.Mean)} [{Percent(value.Low)}, {Percent(value.High)}]";

    private static ExperimentSummary? Own(IReadOnlyList<ExperimentSummary> summaries, ExperimentMethod method, string corpus) =>
        summaries.FirstOrDefault(item => item.Method == method.Name && item.Corpus == corpus && item.TrainedOn == corpus
            && item.Text is PipelineText.Transcripts);

    private static ExperimentGoal AtLeast(string expected, BootstrapInterval value, double least) =>
        new(expected, Interval(value), value.Mean >= least);

    private static ExperimentGoal Above(string expected, BootstrapInterval difference) =>
        new(expected, $"{Interval(difference)} points", difference.Mean > 0);
}
