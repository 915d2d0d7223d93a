using System.Globalization;
using System.Text;
using BrewClip.Core.Images;
using BrewClip.Core.Text;

namespace BrewClip.Cli.Demo;

/// <summary>One query and its answer on the demo's page.</summary>
internal static class DemoCard
{
    private const int HeatMapSide = 256, CurveWidth = 520, CurveHeight = 96;

    public static void Append(StringBuilder page, DemoAnswer answer, string? mood)
    {
        string mark = answer.IsRight switch { true => "<b class=\"right\">right</b>", false => "<b class=\"wrong\">wrong</b>", _ => "" };
        string voice = mood is null ? "" : $" <i>{DemoPage.Escape(mood)} voice</i>";
        page.Append(CultureInfo.InvariantCulture, $"<section class=\"card\">\n<h3>{DemoPage.Escape(answer.Name)}{voice} {mark}</h3>\n")
            .Append(CultureInfo.InvariantCulture, $"<audio controls preload=\"none\" src=\"{Sound(answer.Recording)}\"></audio>\n")
            .Append(CultureInfo.InvariantCulture, $"<blockquote>{Transcript(answer)}</blockquote>\n<div class=\"hits\">\n");
        foreach (var (rank, hit) in answer.Hits.Index())
        {
            AppendPicture(
                page, hit.Id, hit.Id == answer.Expected, string.Create(CultureInfo.InvariantCulture, $"{rank + 1} · {hit.Score:0.000}"));
        }

        if (answer.Expected is { } expected && answer.Hits.All(hit => hit.Id != expected))
        {
            AppendPicture(page, expected, isAsked: true, "asked for");
        }

        string map = Picture(PngWriter.Encode(answer.Map.RenderImage(HeatMapSide)));
        page.Append(CultureInfo.InvariantCulture, $"<figure><img alt=\"where the model looked\" src=\"{map}\">")
            .Append("<figcaption>where it looked</figcaption></figure>\n</div>\n");
        if (!answer.Map.SpeechWeights.IsEmpty)
        {
            string curve = Picture(PngWriter.Encode(answer.Map.RenderSpeech(CurveWidth, CurveHeight)));
            page.Append(CultureInfo.InvariantCulture, $"<img class=\"curve\" alt=\"when it listened\" src=\"{curve}\">\n");
        }

        page.Append("</section>\n");
    }

    private static void AppendPicture(StringBuilder page, string path, bool isAsked, string caption) => page.Append(
        CultureInfo.InvariantCulture,
        $"<figure{(isAsked ? " class=\"asked\"" : "")}><img alt=\"{DemoPage.Escape(Path.GetFileNameWithoutExtension(path))}\" "
        + $"src=\"{Picture(File.ReadAllBytes(path))}\"><figcaption>{caption}</figcaption></figure>\n");

    // What was heard, with wrong words marked where it is known what was said.
    private static string Transcript(DemoAnswer answer)
    {
        string heard = DemoText.Heard(answer.Heard);
        if (answer.Said is null || answer.Heard.Transcript.Length == 0)
        {
            return DemoPage.Escape(heard);
        }

        return string.Join(' ', WordErrorRate.Compute(answer.Said, answer.Heard.Transcript).Alignment.Select(word => word.Operation switch
        {
            WordOperation.Match => DemoPage.Escape(word.Hypothesis!),
            WordOperation.Deletion => $"<del>{DemoPage.Escape(word.Reference!)}</del>",
            WordOperation.Insertion => $"<ins>{DemoPage.Escape(word.Hypothesis!)}</ins>",
            _ => $"<del>{DemoPage.Escape(word.Reference!)}</del> <ins>{DemoPage.Escape(word.Hypothesis!)}</ins>",
        }));
    }

    private static string Picture(byte[] png) => $"data:image/png;base64,{Convert.ToBase64String(png)}";

    private static string Sound(string path)
    {
        string type = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".mp3" => "audio/mpeg",
            ".flac" => "audio/flac",
            ".ogg" or ".oga" or ".opus" => "audio/ogg",
            _ => "audio/wav",
        };
        return $"data:{type};base64,{Convert.ToBase64String(File.ReadAllBytes(path))}";
    }
}
