using System.Net;
using BrewClip.Core.Images;
using BrewClip.Core.Retrieval;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Core.Retrieval;

public sealed class SearchReportTests
{
    [Fact]
    public void The_page_holds_query_transcript_and_thumbnails_and_refers_to_nothing_outside()
    {
        using var folder = new TemporaryFolder();
        string image = folder["große <b>&Katze.png"];
        PngWriter.Write(image, new RgbImage(900, 30, new byte[900 * 30 * 3]));
        var report = new SearchReport
        {
            Query = "query & co.wav",
            Transcript = "a <script>cat</script>",
            Model = "toy",
            Searched = 12,
            Hits = [new SearchHit(image, 0.91234f, 3, null), new SearchHit(folder["gone.png"], 0.5f, 1, null)],
        };

        report.Write(folder["report.html"]);
        string html = File.ReadAllText(folder["report.html"]);

        Assert.Contains("<h1>query &amp; co.wav</h1>", html, StringComparison.Ordinal);
        Assert.Contains("a &lt;script&gt;cat&lt;/script&gt;", html, StringComparison.Ordinal);
        Assert.Contains(">0.912</data>", html, StringComparison.Ordinal);
        Assert.Contains($">{WebUtility.HtmlEncode("große <b>&Katze.png")}</span>", html, StringComparison.Ordinal);
        Assert.Contains("2 of 12 images", html, StringComparison.Ordinal);
        Assert.Contains("can no longer be read", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.Equal((280, 9), ThumbnailSize(html));
    }

    [Fact]
    public void A_short_recording_can_be_heard_from_the_page()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["query.wav"], [1, 2, 3]);

        string html = new SearchReport { Query = "query.wav", QueryFile = folder["query.wav"], Searched = 0, Hits = [] }.ToHtml();

        Assert.Contains("src=\"data:audio/wav;base64,AQID\"", html, StringComparison.Ordinal);
    }

    private static (int Width, int Height) ThumbnailSize(string html)
    {
        const string Lead = "data:image/png;base64,";
        int start = html.IndexOf(Lead, StringComparison.Ordinal) + Lead.Length;
        var image = RgbImage.Decode(Convert.FromBase64String(html[start..html.IndexOf('"', start)]));
        return (image.Width, image.Height);
    }
}
