using System.Globalization;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace BrewClip.Core.Checkpoints;

/// <summary>What the hub announces of one file before it is fetched.</summary>
/// <param name="Name">As the repository names it.</param>
/// <param name="Address">Where to fetch it.</param>
/// <param name="ETag">SHA-256 of a large file, git's SHA-1 of a small one; names the blob in the cache.</param>
/// <param name="Size">Bytes, or null when not announced.</param>
internal sealed partial record HubFile(string Name, Uri Address, string ETag, long? Size)
{
    /// <summary>Asks for the head alone. Large files redirect to another host; the hub's own answer then has what matters in X-Linked
    /// headers.</summary>
    public static async Task<HubFile> AskAsync(
        HubClient client, HubRepository repository, string commit, string name, CancellationToken cancellationToken)
    {
        string path = string.Join('/', name.Split('/').Select(Uri.EscapeDataString));
        var address = client.Address($"{repository.Name}/resolve/{commit}/{path}");
        using var response = await client.SendAsync(HttpMethod.Head, address, 0, HasLinkedTag, cancellationToken).ConfigureAwait(false);
        if ((int)response.StatusCode >= 400)
        {
            throw HubRefusal.Describe(response, repository, name);
        }

        string tag = (HubClient.Header(response, "X-Linked-Etag") ?? HubClient.Header(response, "ETag") ?? "").Trim();
        tag = (tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag).Trim('"');
        if (!TagPattern().IsMatch(tag))
        {
            throw new HubException(
                $"'{address.Host}' announces '{name}' of '{repository.Name}' with the ETag '{tag}', which cannot name a file in the "
                + "cache.");
        }

        return new HubFile(name, address, tag, LinkedSize(response) ?? Length(response.Content.Headers, (int)response.StatusCode));
    }

    private static bool HasLinkedTag(HttpResponseMessage response) => HubClient.Header(response, "X-Linked-Etag") is not null;

    private static long? LinkedSize(HttpResponseMessage response) =>
        long.TryParse(HubClient.Header(response, "X-Linked-Size"), NumberStyles.None, CultureInfo.InvariantCulture, out long size)
            ? size
            : null;

    // A redirect's own length is that of its short text, not of the file.
    private static long? Length(HttpContentHeaders headers, int status) => status < 300 ? headers.ContentLength : null;

    [GeneratedRegex(@"^[A-Za-z0-9_\-][A-Za-z0-9._\-]{0,127}\z")]
    private static partial Regex TagPattern();
}
