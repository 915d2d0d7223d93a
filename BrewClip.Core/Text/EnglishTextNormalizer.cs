using System.Text.RegularExpressions;

namespace BrewClip.Core.Text;

/// <summary>
/// Whisper's normaliser for English, applied before word error rates are counted: contractions and titles written out, fillers and remarks
/// dropped, numbers as digits, American spelling (openai/whisper, <c>EnglishTextNormalizer</c>). The spellings are BrewClip's own list, of
/// common words. Thread-safe.
/// </summary>
public sealed partial class EnglishTextNormalizer
{
    private const string WordStart = @"(?<![\p{L}\p{N}_])";
    private const string WordEnd = @"(?![\p{L}\p{N}_])";

    // In the order of the reference: an earlier one may make way for, or use up, a later one.
    private static readonly (Regex Pattern, string Replacement)[] _replacements =
    [
        .. WholeWords(
            ("won't", "will not"), ("can't", "can not"), ("let's", "let us"), ("ain't", "aint"), ("y'all", "you all"), ("wanna", "want to"),
            ("gotta", "got to"), ("gonna", "going to"), ("i'ma", "i am going to"), ("imma", "i am going to"), ("woulda", "would have"),
            ("coulda", "could have"), ("shoulda", "should have"), ("ma'am", "madam")),
        .. WholeWords(
            ("mr", "mister "), ("mrs", "missus "), ("st", "saint "), ("dr", "doctor "), ("prof", "professor "), ("capt", "captain "),
            ("gov", "governor "), ("ald", "alderman "), ("gen", "general "), ("sen", "senator "), ("rep", "representative "),
            ("pres", "president "), ("rev", "reverend "), ("hon", "honorable "), ("asst", "assistant "), ("assoc", "associate "),
            ("lt", "lieutenant "), ("col", "colonel "), ("jr", "junior "), ("sr", "senior "), ("esq", "esquire ")),
        .. Endings(
            ("'d been", " had been"), ("'s been", " has been"), ("'d gone", " had gone"), ("'s gone", " has gone"),
            ("'d done", " had done"),
            ("'s got", " has got"), ("n't", " not"), ("'re", " are"), ("'s", " is"), ("'d", " would"), ("'ll", " will"), ("'t", " not"),
            ("'ve", " have"), ("'m", " am")),
    ];

    /// <summary>The normalised form of <paramref name="text"/>: two texts that say the same become equal, word by word.</summary>
    public string Normalize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string result = TranscriptRemarks.Remove(LowerCase.Of(text));
        result = Fillers().Replace(result, "");
        result = SpaceBeforeApostrophe().Replace(result, "'");
        foreach (var (pattern, replacement) in _replacements)
        {
            result = pattern.Replace(result, replacement);
        }

        result = CommaBetweenDigits().Replace(result, "$1$2");
        result = PeriodWithoutDigit().Replace(result, " $1");
        result = SymbolRemoval.DroppingDiacritics(result, keep: ".%$¢€£");
        result = EnglishNumbers.Normalize(result);
        result = AmericanSpelling.Normalize(result);

        // Signs of money, decimals and percent that belong to no number.
        result = SignWithoutNumber().Replace(result, " $1");
        result = PercentWithoutNumber().Replace(result, "$1 ");
        return WhiteSpace().Replace(result, " ");
    }

    private static IEnumerable<(Regex, string)> WholeWords(params (string Word, string Replacement)[] words) =>
        words.Select(word => (new Regex(WordStart + word.Word + WordEnd, RegexOptions.CultureInvariant), word.Replacement));

    private static IEnumerable<(Regex, string)> Endings(params (string Ending, string Replacement)[] endings) =>
        endings.Select(ending => (new Regex(ending.Ending + WordEnd, RegexOptions.CultureInvariant), ending.Replacement));

    [GeneratedRegex(WordStart + "(?:hmm|mm|mhm|mmm|uh|um)" + WordEnd)]
    private static partial Regex Fillers();

    [GeneratedRegex(@"(?<![\s\x1c-\x1f])[\s\x1c-\x1f]+'")]
    private static partial Regex SpaceBeforeApostrophe();

    [GeneratedRegex(@"(\d),(\d)")]
    private static partial Regex CommaBetweenDigits();

    [GeneratedRegex(@"\.([^0-9]|$)")]
    private static partial Regex PeriodWithoutDigit();

    [GeneratedRegex(@"[.$¢€£]([^0-9])")]
    private static partial Regex SignWithoutNumber();

    [GeneratedRegex(@"([^0-9])%")]
    private static partial Regex PercentWithoutNumber();

    [GeneratedRegex(@"[\s\x1c-\x1f]+")]
    private static partial Regex WhiteSpace();
}
