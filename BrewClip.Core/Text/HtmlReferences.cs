using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace BrewClip.Core.Text;

/// <summary>
/// Replaces HTML character references by what they stand for, by the HTML standard's rules and its whole list of names, as Python's
/// <c>html.unescape</c> does: names that may lack their semicolon, numbers that mean Windows-1252, numbers that mean nothing.
/// </summary>
internal static class HtmlReferences
{
    private const int LongestName = 32;

    // What browsers show for the numbers 0x80 to 0x9F (HTML standard, "numeric character reference end state").
    private const string Windows1252 =
        "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

    private static readonly Lazy<FrozenDictionary<string, string>> _names = new(() =>
        UnicodeData.Read("html-entities.txt").ToFrozenDictionary(
            fields => fields[0], fields => string.Concat(fields[1..].Select(code => new Rune(UnicodeData.Code(code)).ToString())),
            StringComparer.Ordinal));

    /// <summary>The text with every reference replaced once.</summary>
    public static string Replace(string text) => Replace(text, requireSemicolon: false);

    /// <summary>The text with every reference that ends in a semicolon replaced once.</summary>
    public static string ReplaceTerminated(string text) => Replace(text, requireSemicolon: true);

    private static string Replace(string text, bool requireSemicolon)
    {
        int next = text.IndexOf('&');
        if (next < 0)
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        int copied = 0;
        while (next >= 0)
        {
            int end = ReferenceEnd(text, next);
            if (end < 0 || (requireSemicolon && text[end - 1] != ';'))
            {
                next = text.IndexOf('&', next + 1);
                continue;
            }

            result.Append(text, copied, next - copied).Append(Meaning(text.AsSpan((next + 1)..end), requireSemicolon));
            copied = end;
            next = text.IndexOf('&', end);
        }

        return result.Append(text, copied, text.Length - copied).ToString();
    }

    // &#123;  &#x7b;  &name;  each with or without its semicolon; -1 where no reference begins.
    private static int ReferenceEnd(string text, int ampersand)
    {
        int start = ampersand + 1, end = start;
        if (start < text.Length && text[start] == '#')
        {
            bool hexadecimal = start + 1 < text.Length && text[start + 1] is 'x' or 'X';
            start += hexadecimal ? 2 : 1;
            for (end = start; end < text.Length && (hexadecimal ? char.IsAsciiHexDigit(text[end]) : char.IsAsciiDigit(text[end])); end++)
            {
            }
        }
        else
        {
            while (end < text.Length && end - start < LongestName
                && text[end] is not ('\t' or '\n' or '\f' or ' ' or '<' or '&' or '#' or ';'))
            {
                end++;
            }
        }

        if (end == start)
        {
            return -1;
        }

        return end < text.Length && text[end] == ';' ? end + 1 : end;
    }

    private static string Meaning(ReadOnlySpan<char> reference, bool whole)
    {
        if (reference[0] == '#')
        {
            return NumberMeaning(reference);
        }

        var names = _names.Value.GetAlternateLookup<ReadOnlySpan<char>>();
        for (int length = reference.Length; length > 1; length--)
        {
            if (names.TryGetValue(reference[..length], out string? meaning))
            {
                return string.Concat(meaning, reference[length..]);
            }

            if (whole)
            {
                break;
            }
        }

        return string.Concat("&", reference);
    }

    private static string NumberMeaning(ReadOnlySpan<char> reference)
    {
        ReadOnlySpan<char> digits = reference[1..].TrimEnd(';');
        bool hexadecimal = digits[0] is 'x' or 'X';
        bool fits = hexadecimal
            ? int.TryParse(
                digits[1..].TrimStart('0') is { Length: > 0 } significant ? significant : "0", NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture, out int code)
            : int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out code);
        if (!fits || code is 0 or < 0 or > 0x10FFFF or (>= 0xD800 and <= 0xDFFF))
        {
            return "\uFFFD";
        }

        if (code is >= 0x80 and <= 0x9F)
        {
            return Windows1252[code - 0x80].ToString();
        }

        bool meaningless = code is (>= 1 and <= 8) or 0xB or (>= 0xE and <= 0x1F) or 0x7F or (>= 0xFDD0 and <= 0xFDEF)
            || (code & 0xFFFE) == 0xFFFE;
        return meaningless ? "" : new Rune(code).ToString();
    }
}
