using System.Globalization;
using System.Net;
using System.Text;
using BrewClip.Core.Checkpoints;
using BrewClip.Core.Images;

namespace BrewClip.Core.Retrieval;

/// <summary>
/// What a search found, as one HTML page that needs nothing beside itself: the query, what was understood of it, and the images in their
/// order with their scores. No script; light and dark by the reader's own setting.
/// </summary>
public sealed record SearchReport
{
    private const int ThumbnailSide = 280;
    private const long LongestSound = 4 << 20;

    /// <summary>What was asked: the text, or the file's name.</summary>
    public required string Query { get; init; }

    /// <summary>The file that was asked with, an image or a recording, shown where it can be; null for text.</summary>
    public string? QueryFile { get; init; }

    /// <summary>What was heard in a recording; null where nothing was transcribed.</summary>
    public string? Transcript { get; init; }

    /// <summary>Anything to know about the answer, such as the language or why there is no transcript; null for nothing.</summary>
    public string? Remark { get; init; }

    /// <summary>Which model searched; null to leave it out.</summary>
    public string? Model { get; init; }

    /// <summary>How many images were searched.</summary>
    public required int Searched { get; init; }

    /// <summary>The images, best first; their ids are paths.</summary>
    public required IReadOnlyList<SearchHit> Hits { get; init; }

    /// <summary>Writes the page, beside its place and then renamed.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(string path) => AtomicFile.WriteAllText(path, ToHtml());

    /// <summary>The page.</summary>
    public string ToHtml()
    {
        var page = new StringBuilder();
        page.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Append(CultureInfo.InvariantCulture, $"<title>{Escape(Query)}</title>\n<style>{Style}</style>\n</head>\n<body>\n<header>\n");
        page.Append(CultureInfo.InvariantCulture, $"<h1>{Escape(Query)}</h1>\n");
        AppendQueryFile(page);
        if (Transcript is not null)
        {
            page.Append(CultureInfo.InvariantCulture, $"<blockquote>{Escape(Transcript)}</blockquote>\n");
        }

        string[] remarks = [.. new[] { Remark, $"{Hits.Count} of {Searched} images", Model }.OfType<string>()];
        page.Append(CultureInfo.InvariantCulture, $"<p>{Escape(string.Join(" · ", remarks))}</p>\n</header>\n<main>\n<ol>\n");
        for (int i = 0; i < Hits.Count; i++)
        {
            AppendHit(page, i + 1, Hits[i]);
        }

        return page.Append("</ol>\n</main>\n</body>\n</html>\n").ToString();
    }

    private void AppendQueryFile(StringBuilder page)
    {
        if (QueryFile is null || !File.Exists(QueryFile))
        {
            return;
        }

        string? type = Path.GetExtension(QueryFile).ToLowerInvariant() switch
        {
            ".wav" => "audio/wav",
            ".mp3" => "audio/mpeg",
            ".flac" => "audio/flac",
            ".ogg" or ".oga" or ".opus" => "audio/ogg",
            _ => null,
        };
        if (type is null)
        {
            page.Append(Picture(QueryFile, "the query") ?? "");
        }
        else if (RegularFile.Find(QueryFile).Length is > 0 and <= LongestSound)
        {
            string sound = Convert.ToBase64String(File.ReadAllBytes(QueryFile));
            page.Append(CultureInfo.InvariantCulture, $"<audio controls src=\"data:{type};base64,{sound}\"></audio>\n");
        }
    }

    private static void AppendHit(StringBuilder page, int rank, SearchHit hit)
    {
        string name = Escape(Path.GetFileName(hit.Id));
        string picture = Picture(hit.Id, name) ?? "<span class=\"gone\">This image can no longer be read.</span>\n";
        page.Append(CultureInfo.InvariantCulture, $"<li>\n<figure>\n{picture}<figcaption title=\"{Escape(hit.Id)}\">")
            .Append(
                CultureInfo.InvariantCulture, $"<b>{rank}</b> <span>{name}</span> <data value=\"{hit.Score:R}\">{hit.Score:0.000}</data>")
            .Append("</figcaption>\n</figure>\n</li>\n");
    }

    // Null where there is no readable picture: a page about the others is worth more than none.
    private static string? Picture(string path, string alternative)
    {
        try
        {
            string bytes = Convert.ToBase64String(PngWriter.Encode(ImageThumbnail.Load(path, ThumbnailSide)));
            return $"<img alt=\"{alternative}\" src=\"data:image/png;base64,{bytes}\">\n";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return null;
        }
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(text);

    private const string Style = """

        :root { color-scheme: light dark; font: 16px/1.45 system-ui, sans-serif }
        body { margin: 0 auto; padding: 2rem 1.25rem; max-width: 76rem }
        h1 { margin: 0; font-size: 1.6rem; overflow-wrap: anywhere }
        header img { max-height: 180px; border-radius: 6px; margin-top: 1rem }
        audio { display: block; margin-top: 1rem }
        blockquote { margin: 1rem 0 0; padding-left: 1rem; border-left: 3px solid #888; font-size: 1.15rem }
        p { color: #777; margin: .75rem 0 1.5rem }
        ol { list-style: none; margin: 0; padding: 0 }
        ol { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(220px, 1fr)) }
        figure { margin: 0 }
        figure img, .gone { width: 100%; height: 200px; object-fit: contain; background: #8882; border-radius: 6px }
        .gone { display: grid; place-items: center; color: #777; font-size: .85rem }
        figcaption { display: flex; gap: .5rem; font-size: .875rem; margin-top: .35rem }
        figcaption span { flex: 1; overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
        data { font-variant-numeric: tabular-nums }

        """;
}
