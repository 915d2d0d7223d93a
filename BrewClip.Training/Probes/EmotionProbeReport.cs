using System.Globalization;
using System.Text;
using BrewClip.Training.Evaluation;

namespace BrewClip.Training.Probes;

/// <summary>What probes of one model found on RAVDESS, beside the paper's Table 3.</summary>
/// <param name="Recordings">How many recordings there were.</param>
/// <param name="PublishedSplit">Every probe on the authors' split.</param>
/// <param name="SpeakerFolds">The linear probes over speaker-disjoint folds of all actors; empty where none were asked for.</param>
public sealed record EmotionProbeReport(
    int Recordings, IReadOnlyList<ProbeResult> PublishedSplit, IReadOnlyList<ProbeResult> SpeakerFolds)
{
    /// <summary>Recordings that could not be read, with the reason.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>Tables and confusion matrices in Markdown, beside the paper's figures.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.AppendLine(
            CultureInfo.InvariantCulture, $"{Recordings} recordings. Train: actors 1 to 18; test: actors 19 to 24.").AppendLine();
        AppendTable(text, PublishedSplit);
        foreach (var (method, setting, accuracy) in PaperFigures.Table3.Select(row => (row.Method, row.Setting, row.AccuracyPercent)))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {method}, {setting} (paper, Table 3) | {accuracy} | | | |");
        }

        if (SpeakerFolds.Count > 0)
        {
            text.AppendLine().AppendLine("Speaker-disjoint folds over all 24 actors:").AppendLine();
            AppendTable(text, SpeakerFolds);
        }

        foreach (var result in PublishedSplit)
        {
            text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"{result.Name}, all seeds together:").AppendLine();
            text.Append(result.Confusion.ToMarkdown());
        }

        return text.ToString();
    }

    private static void AppendTable(StringBuilder text, IReadOnlyList<ProbeResult> results)
    {
        text.AppendLine("| probe | accuracy % | ± over seeds | 95 % over recordings | 95 % over speakers |");
        text.AppendLine("| --- | ---: | ---: | --- | --- |");
        foreach (var result in results)
        {
            text.AppendLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {result.Name} | {100 * result.Accuracy:F1} | {100 * result.Deviation:F1} | {Ends(result.OverRecordings)} | "
                + $"{Ends(result.OverSpeakers)} |"));
        }
    }

    private static string Ends(BootstrapInterval interval) =>
        string.Create(CultureInfo.InvariantCulture, $"{100 * interval.Low:F1} to {100 * interval.High:F1}");
}
