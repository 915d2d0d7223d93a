using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using BrewClip.Core.Checkpoints;
using BrewClip.Training.Evaluation;

namespace BrewClip.Training.LittleWorld;

/// <summary>The experiment's rows as Markdown for people and JSON for programs.</summary>
public static class ExperimentReport
{
    private static readonly JsonSerializerOptions _json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Writes <c>littleworld.md</c> and <c>littleworld.json</c>, each beside its place and then renamed.</summary>
    /// <param name="folder">Where to; made if absent.</param>
    /// <param name="rows">What was measured.</param>
    public static void Write(string folder, IReadOnlyList<ExperimentRow> rows)
    {
        Directory.CreateDirectory(folder);
        AtomicFile.WriteAllText(Path.Combine(folder, "littleworld.json"), JsonSerializer.Serialize(rows, _json) + "\n");
        AtomicFile.WriteAllText(Path.Combine(folder, "littleworld.md"), ToMarkdown(rows));
    }

    /// <summary>A table with a line for each row; shares in percent, 95 % intervals in brackets.</summary>
    public static string ToMarkdown(IReadOnlyList<ExperimentRow> rows)
    {
        var text = new StringBuilder(
            "| corpus | variant | text | speech to image R@1 | R@5 | R@10 | image to speech R@1 | R@5 | R@10 | mood pairs | WER |\n"
            + "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
        foreach (var row in rows)
        {
            string[] cells =
            [
                row.Corpus, JsonNamingPolicy.SnakeCaseLower.ConvertName(row.Variant.ToString()).Replace('_', ' '), row.Text,
                .. row.Recalls.Select(recall => Cell(recall.SpeechToImage)), .. row.Recalls.Select(recall => Cell(recall.ImageToSpeech)),
                row.MoodAccuracy is null ? "" : Cell(row.MoodAccuracy),
                row.WordErrorRate is { } rate ? Percent(rate) : "",
            ];
            text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
        }

        return text.ToString();
    }

    private static string Cell(BootstrapInterval value) => $"{Percent(value.Mean)} [{Percent(value.Low)}, {Percent(value.High)}]";

    private static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture);
}
