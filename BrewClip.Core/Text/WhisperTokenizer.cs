using BrewClip.Core.Dependencies;

namespace BrewClip.Core.Text;

/// <summary>
/// Whisper's tokenizer: the ids of openai/whisper's, for its multilingual and English-only vocabularies and for smaller ones of the same
/// make. Text that looks like a special token is ordinary text; lone surrogates count as U+FFFD. Thread-safe.
/// </summary>
public sealed class WhisperTokenizer
{
    // OpenAI's English-only vocabulary lists language tokens that its models never learned; only its size tells.
    private const int EnglishOnlySize = 51864;

    private readonly IBytePairEncoder _encoder;
    private readonly TokenBytes _bytes;
    private readonly Dictionary<int, string> _languageOfToken;
    private readonly Dictionary<string, int> _tokenOfLanguage;
    private readonly Lazy<IReadOnlyList<int>> _nonSpeechTokens;

    /// <summary>Builds a tokenizer over a vocabulary.</summary>
    /// <param name="vocabulary">A byte-level vocabulary without an end-of-word suffix.</param>
    /// <param name="vocabularySize">The model's <c>vocab_size</c>: checked, and where the vocabulary lists no special tokens, what their
    /// number of languages follows from. Null for 99 languages.</param>
    /// <exception cref="InvalidDataException">The vocabulary is of another kind, lacks a token, or does not fit the size.</exception>
    public WhisperTokenizer(BytePairVocabulary vocabulary, int? vocabularySize = null)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        if (vocabulary.EndOfWordSuffix is not null)
        {
            throw new InvalidDataException(
                $"'{vocabulary.Source}' marks the ends of words with {vocabulary.EndOfWordSuffix}: it is CLIP's kind of vocabulary, not "
                + "Whisper's.");
        }

        Vocabulary = vocabulary;
        SpecialTokens = WhisperSpecialTokens.Of(vocabulary, vocabularySize);
        VocabularySize = Math.Max(vocabulary.Size, SpecialTokens.Values.Max() + 1);
        if (vocabularySize is { } expected && expected != VocabularySize)
        {
            throw new InvalidDataException(
                $"'{vocabulary.Source}' holds {VocabularySize} tokens, but the model was made for {expected}: they do not belong "
                + "together.");
        }

        EndOfText = Required(WhisperSpecialTokens.EndOfText);
        StartOfTranscript = Required(WhisperSpecialTokens.StartOfTranscript);
        Translate = Required(WhisperSpecialTokens.Translate);
        Transcribe = Required(WhisperSpecialTokens.Transcribe);
        StartOfLanguageModel = Required(WhisperSpecialTokens.StartOfLanguageModel);
        StartOfPrevious = Required(WhisperSpecialTokens.StartOfPrevious);
        NoSpeech = Required(WhisperSpecialTokens.NoSpeech);
        NoTimestamps = Required(WhisperSpecialTokens.NoTimestamps);
        TimestampBegin = Required(WhisperSpecialTokens.FirstTimestamp);

        var languages = SpecialTokens.Where(pair => IsLanguage(pair.Key)).OrderBy(pair => pair.Value)
            .Select(pair => (Code: pair.Key[2..^2], pair.Value)).ToArray();
        Languages = languages.Select(language => language.Code).ToArray();
        _languageOfToken = languages.ToDictionary(language => language.Value, language => language.Code);
        _tokenOfLanguage = languages.ToDictionary(language => language.Code, language => language.Value, StringComparer.Ordinal);
        IsMultilingual = Languages.Count > 0 && VocabularySize != EnglishOnlySize;

        _encoder = BytePairEncoding.CreateEncoder(vocabulary);
        _bytes = new TokenBytes(vocabulary, SpecialTokens, VocabularySize);
        _nonSpeechTokens = new(() => Text.NonSpeechTokens.Find(Encode));
    }

    /// <summary>
    /// Loads a tokenizer from the hub's files (<c>tokenizer.json</c>, or <c>vocab.json</c> with <c>merges.txt</c> and
    /// <c>added_tokens.json</c>) or OpenAI's <c>multilingual.tiktoken</c> or <c>gpt2.tiktoken</c>.
    /// </summary>
    /// <param name="folderOrFile">The folder that holds them, or one of the files.</param>
    /// <exception cref="FileNotFoundException">Nothing is there, or a file that belongs to it is missing.</exception>
    /// <exception cref="InvalidDataException">A file is not what its name says; the message names the file and the value.</exception>
    public static WhisperTokenizer Load(string folderOrFile) => new(TokenizerFiles.Read(folderOrFile));

    /// <summary>
    /// As <see cref="Load(string)"/>, for a model of a known size: 51864 (English only), 51865 (99 languages), 51866 (100, from large-v3
    /// on) or that of a small model.
    /// </summary>
    /// <param name="folderOrFile">The folder that holds the files, or one of them.</param>
    /// <param name="vocabularySize">The model's <c>vocab_size</c>.</param>
    /// <exception cref="InvalidDataException">The vocabulary does not fit the size, or a file is not what its name says.</exception>
    public static WhisperTokenizer Load(string folderOrFile, int vocabularySize) => new(TokenizerFiles.Read(folderOrFile), vocabularySize);

    /// <summary>The vocabulary that ordinary ids are of.</summary>
    public BytePairVocabulary Vocabulary { get; }

    /// <summary>Every special token and its id, timestamps included.</summary>
    public IReadOnlyDictionary<string, int> SpecialTokens { get; }

    /// <summary>Whether the model takes a language and a task; an English-only one takes neither.</summary>
    public bool IsMultilingual { get; }

    /// <summary>The number of ids, special ones and timestamps included.</summary>
    public int VocabularySize { get; }

    /// <summary>Ends a transcript.</summary>
    public int EndOfText { get; }

    /// <summary>Opens a transcript.</summary>
    public int StartOfTranscript { get; }

    /// <summary>Asks for a translation into English.</summary>
    public int Translate { get; }

    /// <summary>Asks for the words as they were said.</summary>
    public int Transcribe { get; }

    /// <summary>Marks text without audio; used in training alone.</summary>
    public int StartOfLanguageModel { get; }

    /// <summary>Opens the text that came before this window.</summary>
    public int StartOfPrevious { get; }

    /// <summary>Stands for a window without speech.</summary>
    public int NoSpeech { get; }

    /// <summary>Asks for text without timestamps.</summary>
    public int NoTimestamps { get; }

    /// <summary>The id of 0.00 s; each following id is 0.02 s later.</summary>
    public int TimestampBegin { get; }

    /// <summary>The codes of the languages that have tokens, in the order of their ids.</summary>
    public IReadOnlyList<string> Languages { get; }

    /// <summary>
    /// The ids to suppress so that a transcript holds speech alone: brackets, notes and other signs of annotations, ascending
    /// (openai/whisper, <c>Tokenizer.non_speech_tokens</c>).
    /// </summary>
    public IReadOnlyList<int> NonSpeechTokens => _nonSpeechTokens.Value;

    /// <summary>The token of a language given by its code or English name.</summary>
    /// <exception cref="ArgumentException">This vocabulary has no token for it.</exception>
    public int LanguageToken(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        if (_tokenOfLanguage.TryGetValue(code, out int token)
            || (WhisperLanguages.CodeOf(code) is { } known && _tokenOfLanguage.TryGetValue(known, out token)))
        {
            return token;
        }

        throw new ArgumentException($"Language '{code}' is not among the {Languages.Count} of '{Vocabulary.Source}'.", nameof(code));
    }

    /// <summary>The code of the language that <paramref name="token"/> stands for, or null where it stands for none.</summary>
    public string? LanguageOf(int token) => _languageOfToken.GetValueOrDefault(token);

    /// <summary>The ids of <paramref name="text"/>.</summary>
    public int[] Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var ids = new List<int>(text.Length / 4 + 4);
        var pieces = new WhisperPieces(text);
        while (pieces.TryNext(out ReadOnlySpan<char> piece))
        {
            _encoder.EncodeText(piece, ids);
        }

        return [.. ids];
    }

    /// <summary>
    /// The text of <paramref name="ids"/> without its timestamps. As in openai/whisper, the other special tokens appear by name: cut a
    /// transcript at <see cref="EndOfText"/> first. Broken UTF-8 becomes U+FFFD.
    /// </summary>
    /// <exception cref="ArgumentException">An id below <see cref="TimestampBegin"/> is not in the vocabulary.</exception>
    public string Decode(IEnumerable<int> ids) => _bytes.Decode(ids, TimestampBegin);

    /// <summary>As <see cref="Decode"/>, with timestamps written as <c>&lt;|1.08|&gt;</c>.</summary>
    /// <exception cref="ArgumentException">An id is not in the vocabulary.</exception>
    public string DecodeWithTimestamps(IEnumerable<int> ids) => _bytes.Decode(ids);

    /// <summary>The ids that open a transcript: start, and for a multilingual model the language and the task.</summary>
    /// <param name="language">A code or English name; null for English. A model of English alone takes no other.</param>
    /// <param name="task">Transcription or translation.</param>
    /// <param name="timestamps">Whether timestamps may follow; else <see cref="NoTimestamps"/> closes the sequence.</param>
    /// <exception cref="ArgumentException">The vocabulary has no token for the language, or is English alone and another language or task
    /// is asked for.</exception>
    public int[] StartSequence(string? language = null, WhisperTask task = WhisperTask.Transcribe, bool timestamps = true)
    {
        var sequence = new List<int> { StartOfTranscript };
        if (IsMultilingual)
        {
            sequence.Add(LanguageToken(language ?? "en"));
            sequence.Add(task == WhisperTask.Translate ? Translate : Transcribe);
        }
        else if (task == WhisperTask.Translate || (language is not null && WhisperLanguages.CodeOf(language) != "en"))
        {
            throw new ArgumentException(
                $"'{Vocabulary.Source}' is of English alone: it cannot {task.ToString().ToLowerInvariant()} language '{language ?? "en"}'.",
                nameof(language));
        }

        if (!timestamps)
        {
            sequence.Add(NoTimestamps);
        }

        return [.. sequence];
    }

    private static bool IsLanguage(string token) =>
        token.Length is 6 or 7 && token.StartsWith("<|", StringComparison.Ordinal) && token.EndsWith("|>", StringComparison.Ordinal)
        && token[2..^2].All(char.IsAsciiLetterLower);

    private int Required(string token) => SpecialTokens.TryGetValue(token, out int id)
        ? id
        : throw new InvalidDataException($"'{Vocabulary.Source}' has no token '{token}', which Whisper's transcripts need.");
}
