using System.Globalization;
using System.Text.RegularExpressions;

namespace BrewClip.Core.Text;

/// <summary>
/// Whisper's normaliser for any language, applied before word error rates are counted: lower case, remarks in brackets and parentheses
/// dropped, symbols to spaces, white space collapsed (openai/whisper, <c>BasicTextNormalizer</c>). Thread-safe.
/// </summary>
/// <param name="removeDiacritics">Whether accents are dropped too; false by default.</param>
/// <param name="splitLetters">Whether every character becomes a word, for languages written without spaces; false by default.</param>
public sealed partial class BasicTextNormalizer(bool removeDiacritics = false, bool splitLetters = false)
{
    /// <summary>The normalised form of <paramref name="text"/>; a space at either end stays, as in the reference.</summary>
    public string Normalize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string result = TranscriptRemarks.Remove(LowerCase.Of(text));
        result = LowerCase.Of(removeDiacritics ? SymbolRemoval.DroppingDiacritics(result) : SymbolRemoval.KeepingDiacritics(result));
        if (splitLetters)
        {
            result = string.Join(' ', Characters(result));
        }

        return WhiteSpace().Replace(result, " ");
    }

    private static IEnumerable<string> Characters(string text)
    {
        TextElementEnumerator elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
        {
            yield return elements.GetTextElement();
        }
    }

    [GeneratedRegex(@"[\s\x1c-\x1f]+")]
    private static partial Regex WhiteSpace();
}
