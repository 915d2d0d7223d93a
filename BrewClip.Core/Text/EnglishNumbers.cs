using System.Globalization;
using System.Text.RegularExpressions;

namespace BrewClip.Core.Text;

/// <summary>
/// Writes English numbers as digits: "two hundred and five point four per cent" as 205.4%, "double oh seven" as 007, "nineteen ninety nine"
/// as 1999, "three and a half million dollars" as $3500000 (openai/whisper, <c>EnglishNumberNormalizer</c>, quirks included: "1" is written
/// "one").
/// </summary>
internal static partial class EnglishNumbers
{
    /// <summary>The text with its numbers in digits and its words one space apart.</summary>
    public static string Normalize(string text)
    {
        string[] words = Words(Prepare(text));
        return Finish(string.Join(' ', new EnglishNumberReader(words).Read()));
    }

    /// <summary>The words of a text, cut at any white space.</summary>
    public static string[] Words(string text) => WhiteSpace().Split(text).Where(word => word.Length > 0).ToArray();

    private static string Prepare(string text)
    {
        string[] segments = AndAHalf().Split(text);
        var parts = new List<string>();
        for (int i = 0; i < segments.Length; i++)
        {
            string[] words = Words(segments[i]);
            if (words.Length == 0)
            {
                continue;
            }

            parts.Add(segments[i]);
            if (i < segments.Length - 1)
            {
                bool number = EnglishNumberWords.IsDecimal(words[^1]) || EnglishNumberWords.Multipliers.ContainsKey(words[^1]);
                parts.Add(number ? "point five" : "and a half");
            }
        }

        string result = LetterThenDigit().Replace(string.Join(' ', parts), "$1 $2");
        result = DigitThenLetter().Replace(result, "$1 $2");
        return SpacedSuffix().Replace(result, "$1$2");
    }

    private static string Finish(string text)
    {
        string result = AmountWithCents().Replace(text, match => $"{match.Groups[1]}{match.Groups[2]}.{Number(match.Groups[3]):00}");
        result = CentsAlone().Replace(result, match => $"¢{Number(match.Groups[1])}");
        return SingleOne().Replace(result, "one$1");
    }

    private static int Number(Group digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    private const string WordEnd = @"(?![\p{L}\p{N}_])";

    [GeneratedRegex(@"(?<![\p{L}\p{N}_])and[\s\x1c-\x1f]+a[\s\x1c-\x1f]+half" + WordEnd)]
    private static partial Regex AndAHalf();

    [GeneratedRegex("([a-z])([0-9])")]
    private static partial Regex LetterThenDigit();

    [GeneratedRegex("([0-9])([a-z])")]
    private static partial Regex DigitThenLetter();

    [GeneratedRegex(@"([0-9])[\s\x1c-\x1f]+(st|nd|rd|th|s)" + WordEnd)]
    private static partial Regex SpacedSuffix();

    [GeneratedRegex("([€£$])([0-9]+) (?:and )?¢([0-9]{1,2})" + WordEnd)]
    private static partial Regex AmountWithCents();

    // Any character may stand where the decimal point is meant: the reference's own pattern.
    [GeneratedRegex("[€£$]0.([0-9]{1,2})" + WordEnd)]
    private static partial Regex CentsAlone();

    [GeneratedRegex(@"(?<![\p{L}\p{N}_])1(s?)" + WordEnd)]
    private static partial Regex SingleOne();

    [GeneratedRegex(@"[\s\x1c-\x1f]+")]
    private static partial Regex WhiteSpace();
}
