using System.Globalization;
using BrewClip.Models.Brew;

namespace BrewClip.Cli.Demo;

/// <summary>The demo's answers and figures in words.</summary>
internal static class DemoText
{
    private const int NameWidth = 22;

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
            CultureInfo.InvariantCulture, $"{(hit.Id == answer.Expected ? "*" : "")}{Path.GetFileNameWithoutExtension(hit.Id)} {hit.Score:0.000}"));
        return $"{answer.Name}  \"{Heard(answer.Heard)}\"\n  {mark}{string.Join(", ", hits)}";
    }

    /// <summary>The table's head.</summary>
    public static string Head => $"{"variant",-NameWidth} speech to image R@1   5     10     image to speech R@1   5     10";

    /// <summary>A row of the table.</summary>
    public static string Row(DemoFigures figures) => string.Create(
        CultureInfo.InvariantCulture,
        $"{NameOf(figures.Variant),-NameWidth} {Cell(figures.SpeechToImage[0]),19}{Cell(figures.SpeechToImage[1]),6}{Cell(figures.SpeechToImage[2]),6}{Cell(figures.ImageToSpeech[0]),23}{Cell(figures.ImageToSpeech[1]),6}{Cell(figures.ImageToSpeech[2]),6}");

    private static string Cell(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0}");
}
