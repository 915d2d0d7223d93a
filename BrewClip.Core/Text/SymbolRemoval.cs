using System.Globalization;
using System.Text;

namespace BrewClip.Core.Text;

/// <summary>
/// Replaces marks, symbols and punctuation by spaces, as both of Whisper's text normalisers do (openai/whisper,
/// <c>normalizers/basic.py</c>).
/// </summary>
internal static class SymbolRemoval
{
    /// <summary>
    /// In compatibility-composed form, every mark, symbol and punctuation character becomes a space; accents that compose stay.
    /// </summary>
    public static string KeepingDiacritics(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (Rune rune in UnicodeNormalization.FormKC(text).EnumerateRunes())
        {
            Append(result, IsMarkSymbolOrPunctuation(Rune.GetUnicodeCategory(rune)) ? new Rune(' ') : rune);
        }

        return result.ToString();
    }

    /// <summary>
    /// As above in decomposed form, with accents dropped, letters that hold a stroke or ligature written plainly, and the characters of
    /// <paramref name="keep"/> left.
    /// </summary>
    public static string DroppingDiacritics(string text, string keep = "")
    {
        var result = new StringBuilder(text.Length);
        foreach (Rune rune in UnicodeNormalization.FormKD(text).EnumerateRunes())
        {
            UnicodeCategory category = Rune.GetUnicodeCategory(rune);
            if (rune.IsBmp && keep.Contains((char)rune.Value))
            {
                result.Append((char)rune.Value);
            }
            else if (PlainForm(rune.Value) is { } plain)
            {
                result.Append(plain);
            }
            else if (category != UnicodeCategory.NonSpacingMark)
            {
                Append(result, IsMarkSymbolOrPunctuation(category) ? new Rune(' ') : rune);
            }
        }

        return result.ToString();
    }

    // Letters that Unicode does not take apart.
    private static string? PlainForm(int code) => code switch
    {
        'œ' => "oe",
        'Œ' => "OE",
        'ø' => "o",
        'Ø' => "O",
        'æ' => "ae",
        'Æ' => "AE",
        'ß' => "ss",
        'ẞ' => "SS",
        'đ' or 'ð' => "d",
        'Đ' or 'Ð' => "D",
        'þ' or 'Þ' => "th",
        'ł' => "l",
        'Ł' => "L",
        _ => null,
    };

    private static bool IsMarkSymbolOrPunctuation(UnicodeCategory category) => category
        is >= UnicodeCategory.NonSpacingMark and <= UnicodeCategory.EnclosingMark
        or >= UnicodeCategory.ConnectorPunctuation and <= UnicodeCategory.OtherSymbol;

    private static void Append(StringBuilder result, Rune rune)
    {
        Span<char> units = stackalloc char[2];
        result.Append(units[..rune.EncodeToUtf16(units)]);
    }
}
