using System.Globalization;

namespace BrewClip.Core.Text;

/// <summary>
/// The special tokens of a Whisper vocabulary: those that its files list, or where they list none, those that OpenAI's rule adds after the
/// last.
/// </summary>
internal static class WhisperSpecialTokens
{
    public const string EndOfText = "<|endoftext|>";
    public const string StartOfTranscript = "<|startoftranscript|>";
    public const string Translate = "<|translate|>";
    public const string Transcribe = "<|transcribe|>";
    public const string StartOfLanguageModel = "<|startoflm|>";
    public const string StartOfPrevious = "<|startofprev|>";
    public const string NoSpeech = "<|nospeech|>";
    public const string NoTimestamps = "<|notimestamps|>";
    public const string FirstTimestamp = "<|0.00|>";

    // The name that the hub's conversions of the older models give the same token.
    private const string NoCaptions = "<|nocaptions|>";

    /// <summary>Timestamps run from 0.00 to 30.00 s in steps of 0.02 s.</summary>
    public const int TimestampCount = 1501;

    /// <summary>The special tokens apart from the languages and timestamps: end, start, two tasks and four markers.</summary>
    private const int MarkerCount = 8;

    public static string Timestamp(int index) => string.Create(CultureInfo.InvariantCulture, $"<|{index * 0.02:F2}|>");

    public static string Language(string code) => $"<|{code}|>";

    /// <summary>
    /// The names of all special tokens in the order of their ids, for a vocabulary of these languages (none for English alone).
    /// </summary>
    public static IEnumerable<string> Names(IEnumerable<string> languages) =>
    [
        EndOfText, StartOfTranscript, .. languages.Select(Language), Translate, Transcribe, StartOfLanguageModel, StartOfPrevious, NoSpeech,
        NoTimestamps,
        .. Enumerable.Range(0, TimestampCount).Select(Timestamp),
    ];

    /// <summary>All special tokens of <paramref name="vocabulary"/>.</summary>
    /// <param name="vocabulary">As read from its files.</param>
    /// <param name="modelSize">The model's <c>vocab_size</c>, from which the number of languages follows where the files do not list them;
    /// null for 99 languages.</param>
    public static Dictionary<string, int> Of(BytePairVocabulary vocabulary, int? modelSize)
    {
        if (vocabulary.IdOf(StartOfTranscript) is null)
        {
            return ByRule(vocabulary, modelSize);
        }

        var tokens = new Dictionary<string, int>(vocabulary.SpecialTokens, StringComparer.Ordinal);
        foreach (var (token, id) in vocabulary.TokenIds)
        {
            if (token.StartsWith("<|", StringComparison.Ordinal) && token.EndsWith("|>", StringComparison.Ordinal) && token.Length > 4)
            {
                tokens.TryAdd(token, id);
            }
        }

        if (tokens.TryGetValue(NoCaptions, out int noSpeech))
        {
            tokens.TryAdd(NoSpeech, noSpeech);
        }

        return tokens.ContainsKey(FirstTimestamp) ? tokens : WithTimestamps(vocabulary, tokens);
    }

    // Older conversions list everything but the timestamps, which follow directly after <|notimestamps|>.
    private static Dictionary<string, int> WithTimestamps(BytePairVocabulary vocabulary, Dictionary<string, int> tokens)
    {
        if (!tokens.TryGetValue(NoTimestamps, out int before))
        {
            throw new InvalidDataException(
                $"'{vocabulary.Source}' has neither '{NoTimestamps}' nor '{FirstTimestamp}': the ids of timestamps cannot be known.");
        }

        for (int i = 0; i < TimestampCount; i++)
        {
            int id = before + 1 + i;
            if (vocabulary.TokenAt(id) is { } other)
            {
                throw new InvalidDataException(
                    $"'{vocabulary.Source}' has '{other}' at id {id}, where the timestamp {Timestamp(i)} belongs.");
            }

            tokens[Timestamp(i)] = id;
        }

        return tokens;
    }

    private static Dictionary<string, int> ByRule(BytePairVocabulary vocabulary, int? modelSize)
    {
        int first = vocabulary.IdOf(EndOfText) ?? vocabulary.Size;
        int languages = modelSize is { } size ? size - first - MarkerCount - TimestampCount : 99;
        if (languages is < 0 or > 100 || (vocabulary.IdOf(EndOfText) is not null && first != vocabulary.Size - 1))
        {
            throw new InvalidDataException(
                $"'{vocabulary.Source}' holds {first} tokens and no special ones, which leaves {languages} languages for a model of "
                + $"{modelSize} tokens: 0 to 100 are possible, so they do not belong together.");
        }

        return Names(WhisperLanguages.Codes.Take(languages)).Index()
            .ToDictionary(pair => pair.Item, pair => first + pair.Index, StringComparer.Ordinal);
    }
}
