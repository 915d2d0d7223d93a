using System.Text.RegularExpressions;

namespace BrewClip.Core.Checkpoints;

/// <summary>A model's name on the hub with a revision: <c>openai/whisper-base</c>, <c>openai/whisper-base@refs/pr/3</c>.</summary>
internal sealed partial record HubRepository(string Name, string Revision)
{
    public const string DefaultRevision = "main";

    /// <summary>The folder's name in the cache.</summary>
    public string FolderName => "models--" + Name.Replace("/", "--", StringComparison.Ordinal);

    /// <summary>Whether the revision is a whole commit hash, which never moves.</summary>
    public bool IsCommit => IsCommitHash(Revision);

    public static bool IsCommitHash(string text) => text.Length == 40 && text.All(char.IsAsciiHexDigitLower);

    /// <exception cref="ArgumentException">The text is neither an existing folder nor a name that the hub allows.</exception>
    public static HubRepository Parse(string text)
    {
        int at = text.IndexOf('@', StringComparison.Ordinal);
        string name = at < 0 ? text : text[..at];
        string revision = at < 0 ? DefaultRevision : text[(at + 1)..];
        if (!NamePattern().IsMatch(name) || name.Contains("--", StringComparison.Ordinal) || name.Contains("..", StringComparison.Ordinal))
        {
            throw new ArgumentException(
                $"'{text}' is neither a folder that exists nor a model's name such as 'openai/whisper-base'.", nameof(text));
        }

        if (!RevisionPattern().IsMatch(revision) || !IsRelativeInside(revision))
        {
            throw new ArgumentException($"'{text}' does not name a revision: '{revision}' is no branch, tag or commit.", nameof(text));
        }

        return new HubRepository(name, revision);
    }

    /// <summary>Whether a path with '/' between its parts stays inside the folder that it is relative to, on every operating
    /// system.</summary>
    public static bool IsRelativeInside(string path) =>
        path.Length is > 0 and <= 1024 && path.Split('/').All(SafetensorsIndex.IsPlainFileName);

    [GeneratedRegex(@"^([A-Za-z0-9][\w.\-]*/)?[A-Za-z0-9_][\w.\-]{0,95}(?<![.\-])\z", RegexOptions.ECMAScript)]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"^[\w.\-/+]+\z", RegexOptions.ECMAScript)]
    private static partial Regex RevisionPattern();
}
