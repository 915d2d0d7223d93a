using System.Globalization;
using System.Text.RegularExpressions;

namespace BrewClip.Core.Checkpoints;

/// <summary>The hub's environment variables, resolved as huggingface_hub's constants.py does. An empty variable counts as unset.</summary>
internal static partial class HubEnvironment
{
    public static HubOptions Read(Func<string, string?> variable)
    {
        string? Get(params string[] names) => names.Select(variable).FirstOrDefault(value => !string.IsNullOrEmpty(value));

        string userHome = Get("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string Expanded(string path) => ExpandPath(path, userHome, variable);

        string cacheHome = Get("XDG_CACHE_HOME") ?? Path.Combine(userHome, ".cache");
        string home = Expanded(Get("HF_HOME") ?? Path.Combine(cacheHome, "huggingface"));
        string tokenPath = Expanded(Get("HF_TOKEN_PATH") ?? Path.Combine(home, "token"));
        bool implicitToken = !IsTrue(Get("HF_HUB_DISABLE_IMPLICIT_TOKEN"));
        return new HubOptions
        {
            Endpoint = (Get("HF_ENDPOINT") ?? HuggingFaceHub.DefaultEndpoint).TrimEnd('/'),
            CacheFolder = Expanded(Get("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE") ?? Path.Combine(home, "hub")),
            Token = implicitToken ? Clean(Get("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN")) ?? ReadToken(tokenPath) : null,
            Offline = IsTrue(Get("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE")),
            UseSymbolicLinks = !IsTrue(Get("HF_HUB_DISABLE_SYMLINKS")),
            ResponseTimeout = Seconds(Get("HF_HUB_ETAG_TIMEOUT")),
            StallTimeout = Seconds(Get("HF_HUB_DOWNLOAD_TIMEOUT")),
        };
    }

    private static bool IsTrue(string? value) => value?.ToUpperInvariant() is "1" or "ON" or "YES" or "TRUE";

    private static TimeSpan Seconds(string? value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) && seconds > 0
            ? TimeSpan.FromSeconds(seconds)
            : TimeSpan.FromSeconds(10);

    private static string ExpandPath(string path, string home, Func<string, string?> variable)
    {
        if (path == "~" || path.StartsWith("~/", StringComparison.Ordinal) || path.StartsWith("~\\", StringComparison.Ordinal))
        {
            path = home + path[1..];
        }

        return Variable().Replace(path, match => variable(match.Groups["name"].Value) ?? match.Value);
    }

    private static string? ReadToken(string path)
    {
        try
        {
            return File.Exists(path) ? Clean(File.ReadAllText(path)) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A token that cannot be read is no token: public models need none, and others are refused with a sentence.
            return null;
        }
    }

    private static string? Clean(string? token)
    {
        string? clean = token?.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal).Trim();
        return string.IsNullOrEmpty(clean) ? null : clean;
    }

    [GeneratedRegex(@"\$(?:\{(?<name>\w+)\}|(?<name>\w+))")]
    private static partial Regex Variable();
}
