using System.Globalization;
using System.Net;
using System.Text;
using BrewClip.Core.Checkpoints;

namespace BrewClip.Cli.Demo;

/// <summary>The demo as one HTML page that needs nothing beside itself: recordings to listen to, pictures, heat maps, figures.</summary>
/// <param name="answers">The answers of the best variant, in the order of the queries.</param>
/// <param name="figures">What each variant did; empty where one recording of the user's own was asked with.</param>
/// <param name="pairs">Pairs of answers whose pictures differ in mood alone, by their positions.</param>
/// <param name="moods">The speaker's mood of each answer; null where nobody knows.</param>
/// <param name="searched">How many pictures were searched.</param>
internal sealed class DemoPage(
    IReadOnlyList<DemoAnswer> answers, IReadOnlyList<DemoFigures> figures, IReadOnlyList<(int First, int Second)> pairs,
    IReadOnlyList<string?> moods, int searched)
{
    private const string Title = "BrewClip finds images by speech";

    /// <summary>Writes the page, beside its place and then renamed.</summary>
    public void Write(string path) => AtomicFile.WriteAllText(path, ToHtml());

    public string ToHtml()
    {
        var page = new StringBuilder();
        page.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Append(CultureInfo.InvariantCulture, $"<title>{Title}</title>\n<style>{DemoStyle.Sheet}</style>\n</head>\n<body>\n<header>\n")
            .Append(CultureInfo.InvariantCulture, $"<h1>{Title}</h1>\n");
        AppendLead(page);
        page.Append("</header>\n");
        AppendFigures(page);
        AppendPairs(page);
        var single = Enumerable.Range(0, answers.Count).Except(pairs.SelectMany(pair => (int[])[pair.First, pair.Second])).ToList();
        if (pairs.Count > 0 && single.Count > 0)
        {
            page.Append("<h2>Every other query</h2>\n");
        }

        page.Append("<div class=\"cards\">\n");
        single.ForEach(position => DemoCard.Append(page, answers[position], moods[position] == "neutral" ? null : moods[position]));
        return page.Append("</div>\n</body>\n</html>\n").ToString();
    }

    private void AppendLead(StringBuilder page)
    {
        int known = answers.Count(answer => answer.IsRight is not null), right = answers.Count(answer => answer.IsRight == true);
        if (known == 0)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p>A recording of your own, asked among {searched} pictures.</p>\n");
            return;
        }

        page.Append(
            "<p>Somebody says what a picture shows. Whisper writes it down, CLIP reads it, a small layer listens to how it was said, ")
            .Append("and the nearest picture answers. Voices, scenes and sentence forms are none that the models were trained with.</p>\n");
        int near = answers.Count(answer => answer.Hits.Any(hit => hit.Id == answer.Expected));
        page.Append("<ul class=\"tiles\">\n");
        AppendTile(page, $"{searched}", "pictures to find");
        AppendTile(page, $"{right} of {known}", "spoken queries find theirs at once");
        AppendTile(page, $"{near} of {known}", "among the first three");
        if (figures.Count > 0 && figures[^1].Twins is { All: > 0 } twins)
        {
            AppendTile(page, $"{twins.Right} of {twins.All}", "told from a twin that differs in mood alone");
        }

        page.Append("</ul>\n");
    }

    private static void AppendTile(StringBuilder page, string number, string what) =>
        page.Append(CultureInfo.InvariantCulture, $"<li><b>{number}</b> {what}</li>\n");

    private void AppendFigures(StringBuilder page)
    {
        if (figures.Count == 0)
        {
            return;
        }

        page.Append("<h2>Recall of every variant</h2>\n<table>\n<tr><th></th><th colspan=\"3\">speech to image</th>")
            .Append("<th colspan=\"3\">image to speech</th><th></th></tr>\n<tr><th></th>");
        foreach (string head in (string[])["R@1", "R@5", "R@10", "R@1", "R@5", "R@10", "mood pairs"])
        {
            page.Append(CultureInfo.InvariantCulture, $"<th class=\"h\">{head}</th>");
        }

        page.Append("</tr>\n");
        foreach (var row in figures)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{DemoText.NameOf(row.Variant)}</td>");
            foreach (double share in row.SpeechToImage.Concat(row.ImageToSpeech))
            {
                page.Append(CultureInfo.InvariantCulture, $"<td class=\"n\" style=\"--share:{100 * share:0.0}%\">{100 * share:0.0} %</td>");
            }

            page.Append(row.Twins is { All: > 0 } twins ? $"<td class=\"n\">{twins.Right} of {twins.All}</td></tr>\n" : "<td></td></tr>\n");
        }

        page.Append("</table>\n");
    }

    private void AppendPairs(StringBuilder page)
    {
        if (pairs.Count == 0)
        {
            return;
        }

        page.Append(
            "<h2>The same scene in two moods</h2>\n<p>Each pair of pictures differs in one face, and no caption ever says how it looks: ")
            .Append("the mood is in the speaker's voice alone. Who reads the words can only guess, and is right for one of the two.</p>\n");
        foreach (var (first, second) in pairs)
        {
            page.Append("<section class=\"pair\">\n<div class=\"cards\">\n");
            DemoCard.Append(page, answers[first], moods[first]);
            DemoCard.Append(page, answers[second], moods[second]);
            page.Append("</div>\n<p>nearer to its own picture than to the twin: ");
            page.AppendJoin(" · ", figures.Select(row =>
                $"{DemoText.NameOf(row.Variant)} {Mark(row.TwinMargins[first])}{Mark(row.TwinMargins[second])}"));
            page.Append("</p>\n</section>\n");
        }
    }

    private static string Mark(double? margin) => margin > 0 ? "<b class=\"right\">✓</b>" : "<b class=\"wrong\">✗</b>";

    /// <summary>Text as it stands in a page.</summary>
    internal static string Escape(string text) => WebUtility.HtmlEncode(text);
}
