using System.Globalization;
using System.Net;
using System.Text;
using BrewClip.Core.Checkpoints;
using BrewClip.Core.Images;

namespace BrewClip.Cli.Demo;

/// <summary>The demo as one HTML page that needs nothing beside itself: recordings to listen to, pictures, heat maps, figures.</summary>
internal sealed class DemoPage(IReadOnlyList<DemoAnswer> answers, IReadOnlyList<DemoFigures> figures, int searched)
{
    private const string Title = "BrewClip finds images by speech";
    private const int HeatMapSide = 256, CurveWidth = 520, CurveHeight = 96;

    /// <summary>Writes the page, beside its place and then renamed.</summary>
    public void Write(string path) => AtomicFile.WriteAllText(path, ToHtml());

    public string ToHtml()
    {
        var page = new StringBuilder();
        page.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Append(CultureInfo.InvariantCulture, $"<title>{Title}</title>\n<style>{Style}</style>\n</head>\n<body>\n<h1>{Title}</h1>\n");
        int known = answers.Count(answer => answer.IsRight is not null), right = answers.Count(answer => answer.IsRight == true);
        page.Append(CultureInfo.InvariantCulture, $"<p>{answers.Count} spoken queries among {searched} images")
            .Append(known > 0 ? string.Create(CultureInfo.InvariantCulture, $"; the first image is right for {right} of {known}") : "")
            .Append(". Voices, scenes and sentence forms are none that the model was trained with.</p>\n");
        AppendFigures(page);
        foreach (var answer in answers)
        {
            AppendAnswer(page, answer);
        }

        return page.Append("</body>\n</html>\n").ToString();
    }

    private void AppendFigures(StringBuilder page)
    {
        if (figures.Count == 0)
        {
            return;
        }

        page.Append("<table>\n<tr><th>variant</th><th colspan=\"3\">speech to image R@1, 5, 10</th><th colspan=\"3\">image to speech R@1, 5, 10</th></tr>\n");
        foreach (var row in figures)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{DemoText.NameOf(row.Variant)}</td>");
            foreach (double share in row.SpeechToImage.Concat(row.ImageToSpeech))
            {
                page.Append(CultureInfo.InvariantCulture, $"<td class=\"n\">{100 * share:0.0} %</td>");
            }

            page.Append("</tr>\n");
        }

        page.Append("</table>\n");
    }

    private static void AppendAnswer(StringBuilder page, DemoAnswer answer)
    {
        string mark = answer.IsRight switch { true => "<b class=\"right\">right</b>", false => "<b class=\"wrong\">wrong</b>", _ => "" };
        page.Append(CultureInfo.InvariantCulture, $"<section>\n<h2>{Escape(answer.Name)} {mark}</h2>\n<audio controls src=\"{Sound(answer.Recording)}\"></audio>\n")
            .Append(CultureInfo.InvariantCulture, $"<blockquote>{Escape(DemoText.Heard(answer.Heard))}</blockquote>\n");
        if (answer.Said is not null && answer.Said != answer.Heard.Transcript)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p>said: {Escape(answer.Said)}</p>\n");
        }

        page.Append("<div>\n");
        foreach (var (rank, hit) in answer.Hits.Index())
        {
            string role = hit.Id == answer.Expected ? " class=\"asked\"" : "";
            page.Append(CultureInfo.InvariantCulture, $"<figure{role}><img alt=\"\" src=\"{Picture(File.ReadAllBytes(hit.Id))}\">")
                .Append(CultureInfo.InvariantCulture, $"<figcaption>{rank + 1} · {Escape(Path.GetFileNameWithoutExtension(hit.Id))} · {hit.Score:0.000}</figcaption></figure>\n");
        }

        page.Append(CultureInfo.InvariantCulture, $"<figure><img alt=\"\" src=\"{Picture(PngWriter.Encode(answer.Map.RenderImage(HeatMapSide)))}\">")
            .Append("<figcaption>where it looked</figcaption></figure>\n</div>\n");
        if (!answer.Map.SpeechWeights.IsEmpty)
        {
            string curve = Picture(PngWriter.Encode(answer.Map.RenderSpeech(CurveWidth, CurveHeight)));
            page.Append(CultureInfo.InvariantCulture, $"<img class=\"curve\" alt=\"when it listened\" src=\"{curve}\">\n");
        }

        page.Append("</section>\n");
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

    private static string Escape(string text) => WebUtility.HtmlEncode(text);

    private const string Style = """

        :root { color-scheme: light dark; font: 16px/1.45 system-ui, sans-serif }
        body { margin: 0 auto; padding: 2rem 1.25rem; max-width: 64rem }
        h1 { font-size: 1.6rem; margin: 0 }
        h2 { font-size: 1rem; margin: 0 0 .5rem }
        section { border-top: 1px solid #8884; padding: 1.25rem 0 }
        blockquote { margin: .75rem 0; padding-left: 1rem; border-left: 3px solid #888; font-size: 1.15rem }
        p { color: #777 }
        div { display: flex; flex-wrap: wrap; gap: 1rem }
        figure { margin: 0 }
        figure img { width: 160px; height: 160px; image-rendering: pixelated; border-radius: 6px; border: 3px solid transparent }
        .asked img { border-color: #2a9d4a }
        figcaption { font-size: .8rem; color: #777 }
        .curve { display: block; max-width: 100%; margin-top: .75rem; border-radius: 6px }
        .right { color: #2a9d4a } .wrong { color: #c8402a }
        table { border-collapse: collapse; margin: 1rem 0 2rem } td, th { padding: .3rem .8rem; border-bottom: 1px solid #8884; text-align: left }
        .n { text-align: right; font-variant-numeric: tabular-nums }

        """;
}
