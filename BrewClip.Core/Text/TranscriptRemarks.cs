using System.Text.RegularExpressions;

namespace BrewClip.Core.Text;

/// <summary>Drops what a transcriber remarks rather than hears: [noise], &lt;unk&gt;, (laughs).</summary>
internal static class TranscriptRemarks
{
    // An opening bracket that never closes must not make a long text quadratic, so these never backtrack.
    private static readonly Regex _brackets = new(@"[<\[][^>\]]*[>\]]", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
    private static readonly Regex _parentheses = new(@"\([^)]+\)", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    public static string Remove(string text) => _parentheses.Replace(_brackets.Replace(text, ""), "");
}
