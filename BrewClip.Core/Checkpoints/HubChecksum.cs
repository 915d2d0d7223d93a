using System.Security.Cryptography;
using System.Text;

namespace BrewClip.Core.Checkpoints;

/// <summary>Checks a file against the hub's ETag: 64 hexadecimal digits are its SHA-256, 40 are git's SHA-1 of it as a blob.</summary>
internal static class HubChecksum
{
    /// <summary>True also for a tag that is no checksum: then there is nothing to check against.</summary>
    public static async Task<bool> MatchesAsync(string path, string etag, CancellationToken cancellationToken)
    {
        if (etag.Length is not (40 or 64) || !etag.All(char.IsAsciiHexDigit))
        {
            return true;
        }

        using var hash = IncrementalHash.CreateHash(etag.Length == 64 ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1);
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1, useAsync: false);
        if (etag.Length == 40)
        {
            hash.AppendData(Encoding.ASCII.GetBytes($"blob {stream.Length}\0"));
        }

        byte[] buffer = new byte[1 << 20];
        for (int read; (read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            hash.AppendData(buffer, 0, read);
        }

        return Convert.ToHexString(hash.GetHashAndReset()).Equals(etag, StringComparison.OrdinalIgnoreCase);
    }
}
