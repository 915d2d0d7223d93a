using BrewClip.Core.Text;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Models.Whisper;

/// <summary>Tokenizers for tests of decoding.</summary>
internal static class WhisperTokenizers
{
    public const string Published = "tokenizers/whisper/multilingual.tiktoken";

    // The non-speech tokens of the published multilingual vocabulary (openai/whisper, tokenizer.py).
    public static readonly int[] NonSpeech =
    [
        1, 2, 7, 8, 9, 10, 14, 25, 26, 27, 28, 29, 31, 58, 59, 60, 61, 62, 63, 90, 91, 92, 93, 359, 503, 522, 542, 873, 893, 902, 918, 922,
        931,
        1350, 1853, 1982, 2460, 2627, 3246, 3253, 3268, 3536, 3846, 3961, 4183, 4667, 6585, 6647, 7273, 9061, 9383, 10428, 10929, 11938,
        12033,
        12331, 12562, 13793, 14157, 14635, 15265, 15618, 16553, 16604, 18362, 18956, 20075, 21675, 22520, 26130, 26161, 26435, 28279, 29464,
        31650, 32302, 32470, 36865, 42863, 47425, 49870, 50254,
    ];

    private static readonly Lazy<WhisperTokenizer> _idsOnly = new(() => Create(51865));
    private static readonly Lazy<WhisperTokenizer> _published = new(() => WhisperTokenizer.Load(TestFiles.InShared(Published), 51865));

    /// <summary>The published multilingual vocabulary.</summary>
    public static WhisperTokenizer Multilingual => _published.Value;

    /// <summary>
    /// A vocabulary of the published one's ids, whose 256 first tokens are its bytes and whose others are made up: enough to decode to
    /// tokens.
    /// </summary>
    public static WhisperTokenizer IdsOnly => _idsOnly.Value;

    /// <summary>As <see cref="IdsOnly"/>, of another model's size: 51864 knows English alone.</summary>
    public static WhisperTokenizer Create(int vocabularySize)
    {
        var bytes = Enumerable.Range(0, 256).Select(value => (byte)value).ToArray();
        bool IsPrintable(byte value) => value is (>= 33 and <= 126) or (>= 161 and <= 172) or >= 174;
        var alphabet = bytes.Where(IsPrintable).Select(value => (char)value)
            .Concat(bytes.Where(value => !IsPrintable(value)).Select((_, i) => (char)(256 + i)));
        int ordinary = vocabularySize == 51864 ? 50256 : 50257;
        var tokens = alphabet.Select(letter => letter.ToString()).Concat(Enumerable.Range(256, ordinary - 256).Select(id => $"Ġw{id}"));
        return new WhisperTokenizer(
            new BytePairVocabulary("ids", tokens.Index().ToDictionary(pair => pair.Item, pair => pair.Index), []), vocabularySize);
    }
}
