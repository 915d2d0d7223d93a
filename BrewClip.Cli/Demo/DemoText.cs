using System.Globalization;
using BrewClip.Models.Brew;

namespace BrewClip.Cli.Demo;

/// <summary>The demo's answers and figures in words.</summary>
internal static class DemoText
{
    private const int NameWidth = 20, FirstWidth = 19, OtherWidth = 7;

    public static string NameOf(BrewClipVariant variant) => variant switch
    {
        BrewClipVariant.PipelineZeroShot => "pipeline, zero-shot",
        BrewClipVariant.PipelinePrompted => "pipeline, prompted",
        BrewClipVariant.AcousticOnly => "acoustic only",
        _ => "full",
    };

    /// <summary>What was heard, or why nothing was.</summary>
    public static string Heard(SpeechEmbedding speech) => speech.Transcript.Length > 0 ? speech.Transcript : $"({speech.Status})";

    /// <summary>One query on two lines.</summary>
    public static string Describe(DemoAnswer answer)
    {
        string mark = answer.IsRight switch { true => "right  ", false => "wrong  ", _ => "" };
        var hits = answer.Hits.Select(hit => string.Create(
            CultureInfo.InvariantCulture,
                $"{(hit.Id == answer.Expected ? "*" : "")}{Path.GetFileNameWithoutExtension(hit.Id)} {hit.Score:0.000}"));
        return $"{answer.Name}  \"{Heard(answer.Heard)}\"\n  {mark}{string.Join(", ", hits)}";
    }

    /// <summary>The table's head.</summary>
    public static string Head =>
        $"{"variant",-NameWidth}  {Cell("speech to image R@1", 0)}{Cell("5", 1)}{Cell("10", 2)}  "
        + $"{Cell("image to speech R@1", 0)}{Cell("5", 1)}{Cell("10", 2)}  mood pairs";

    /// <summary>A row of the table.</summary>
    public static string Row(DemoFigures figures) => string.Create(
        CultureInfo.InvariantCulture,
        $"{NameOf(figures.Variant),-NameWidth}  {Cells(figures.SpeechToImage)}  {Cells(figures.ImageToSpeech)}{Twins(figures)}");

    private static string Twins(DemoFigures figures) =>
        figures.Twins is { All: > 0 } twins ? string.Create(CultureInfo.InvariantCulture, $"  {twins.Right,4} of {twins.All}") : "";

    private static string Cells(IReadOnlyList<double> shares) =>
        string.Concat(shares.Select((share, i) => Cell((100 * share).ToString("0.0", CultureInfo.InvariantCulture), i)));

    private static string Cell(string text, int column) => text.PadLeft(column == 0 ? FirstWidth : OtherWidth);
}
