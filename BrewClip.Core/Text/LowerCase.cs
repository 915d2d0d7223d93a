using System.Globalization;
using System.Text;

namespace BrewClip.Core.Text;

/// <summary>
/// Lower case as Python's <c>str.lower</c> gives it, which the reference tokenizers and normalisers apply: whole code points, independent
/// of culture, with the two special cases of Unicode's full mapping (İ becomes i and a combining dot, Σ at the end of a word becomes ς).
/// </summary>
internal static class LowerCase
{
    private const int CapitalSigma = 0x3A3;
    private const int DottedCapitalI = 0x130;

    public static string Of(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text.ToLowerInvariant();
        }

        var result = new StringBuilder(text.Length + 8);
        Span<char> units = stackalloc char[2];
        int position = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune.Value == DottedCapitalI)
            {
                result.Append("i\u0307");
            }
            else
            {
                Rune lower = rune.Value == CapitalSigma ? new Rune(EndsWord(text, position) ? 'ς' : 'σ') : Rune.ToLowerInvariant(rune);
                result.Append(units[..lower.EncodeToUtf16(units)]);
            }

            position += rune.Utf16SequenceLength;
        }

        return result.ToString();
    }

    // Unicode's Final_Sigma: a cased letter before and none after, looking past characters that case ignores.
    private static bool EndsWord(string text, int sigma)
    {
        int before = sigma;
        bool cased = false;
        while (before > 0)
        {
            Rune.DecodeLastFromUtf16(text.AsSpan(0, before), out Rune rune, out int length);
            before -= length;
            if (!IsCaseIgnorable(rune))
            {
                cased = IsCased(rune);
                break;
            }
        }

        int after = sigma + 1;
        while (cased && after < text.Length)
        {
            Rune.DecodeFromUtf16(text.AsSpan(after), out Rune rune, out int length);
            after += length;
            if (!IsCaseIgnorable(rune))
            {
                return !IsCased(rune);
            }
        }

        return cased;
    }

    // Besides cased letters: the ordinal indicators, Roman numerals, and circled, squared and boxed letters (Other_Uppercase,
    // Other_Lowercase).
    private static bool IsCased(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
        || rune.Value is 0xAA or 0xBA or (>= 0x2160 and <= 0x217F) or (>= 0x24B6 and <= 0x24E9) or (>= 0x1F130 and <= 0x1F149)
            or (>= 0x1F150 and <= 0x1F169) or (>= 0x1F170 and <= 0x1F189);

    private static bool IsCaseIgnorable(Rune rune) =>
        rune.Value is '\'' or '.' or ':' or 0xB7 or 0x2018 or 0x2019 or 0x2024 or 0x2027
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format
            or UnicodeCategory.ModifierLetter or UnicodeCategory.ModifierSymbol;
}
