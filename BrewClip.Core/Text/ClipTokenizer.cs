using BrewClip.Core.Dependencies;

namespace BrewClip.Core.Text;

/// <summary>
/// CLIP's tokenizer: the ids of openai/CLIP's <c>SimpleTokenizer</c>. Text is cleaned (typographic variants made plain, HTML character
/// references replaced twice, white space collapsed, lower case), cut into words, single digits and runs of symbols, and each is merged by
/// byte pairs. Mojibake (text decoded with the wrong character set) is not repaired; lone surrogates count as U+FFFD. Thread-safe.
/// </summary>
public sealed class ClipTokenizer
{
    private readonly IBytePairEncoder _encoder;
    private readonly TokenBytes _bytes;

    /// <summary>Builds a tokenizer over a vocabulary.</summary>
    /// <param name="vocabulary">A vocabulary whose words end in <c>&lt;/w&gt;</c>.</param>
    /// <param name="startOfText">The token that opens every text.</param>
    /// <param name="endOfText">The token that closes every text.</param>
    /// <param name="padToken">The token after the end of a short text; null for id 0, which openai/CLIP pads with.</param>
    /// <exception cref="InvalidDataException">The vocabulary is of another kind or lacks one of the tokens.</exception>
    public ClipTokenizer(
        BytePairVocabulary vocabulary,
        string startOfText = ClipMergesFile.StartOfText,
        string endOfText = ClipMergesFile.EndOfText,
        string? padToken = null)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        if (vocabulary.EndOfWordSuffix is null)
        {
            throw new InvalidDataException(
                $"'{vocabulary.Source}' does not mark the ends of words with {ClipMergesFile.EndOfWord}: it is not a vocabulary for CLIP "
                + "(GPT-2's and Whisper's are of this other kind).");
        }

        Vocabulary = vocabulary;
        StartOfText = Required(vocabulary, startOfText);
        EndOfText = Required(vocabulary, endOfText);
        PadToken = padToken is null ? 0 : Required(vocabulary, padToken);
        _encoder = BytePairEncoding.CreateEncoder(vocabulary);
        _bytes = new TokenBytes(vocabulary, vocabulary.SpecialTokens, vocabulary.Size);
    }

    /// <summary>
    /// Loads a tokenizer from the hub's files (<c>tokenizer.json</c>, or <c>vocab.json</c> with <c>merges.txt</c>) or OpenAI's
    /// <c>bpe_simple_vocab_16e6.txt.gz</c>.
    /// </summary>
    /// <param name="folderOrFile">The folder that holds them, or one of the files.</param>
    /// <exception cref="FileNotFoundException">Nothing is there, or a file that belongs to it is missing.</exception>
    /// <exception cref="InvalidDataException">A file is not what its name says; the message names the file and the value.</exception>
    public static ClipTokenizer Load(string folderOrFile)
    {
        BytePairVocabulary vocabulary = TokenizerFiles.Read(folderOrFile);
        string folder = TokenizerFiles.FolderOf(folderOrFile);
        return new ClipTokenizer(
            vocabulary,
            SpecialTokenFiles.RoleOf(folder, "bos_token") ?? ClipMergesFile.StartOfText,
            SpecialTokenFiles.RoleOf(folder, "eos_token") ?? ClipMergesFile.EndOfText,
            SpecialTokenFiles.RoleOf(folder, "pad_token"));
    }

    /// <summary>As <see cref="Load(string)"/>, and checks that the vocabulary is the one that a model was made with.</summary>
    /// <param name="folderOrFile">The folder that holds the files, or one of them.</param>
    /// <param name="vocabularySize">The model's <c>vocab_size</c>.</param>
    /// <exception cref="InvalidDataException">The vocabulary has another size, or a file is not what its name says.</exception>
    public static ClipTokenizer Load(string folderOrFile, int vocabularySize)
    {
        ClipTokenizer tokenizer = Load(folderOrFile);
        return tokenizer.VocabularySize == vocabularySize
            ? tokenizer
            : throw new InvalidDataException(
                $"'{folderOrFile}' holds {tokenizer.VocabularySize} tokens, but the model was made for {vocabularySize}: they do not "
                + "belong together.");
    }

    /// <summary>The vocabulary that ids are of.</summary>
    public BytePairVocabulary Vocabulary { get; }

    /// <summary>The number of ids, 49408 for OpenAI's.</summary>
    public int VocabularySize => Vocabulary.Size;

    /// <summary>The id that opens every text, 49406 for OpenAI's.</summary>
    public int StartOfText { get; }

    /// <summary>The id that closes every text, 49407 for OpenAI's.</summary>
    public int EndOfText { get; }

    /// <summary>The id after the end of a short text: what the files say, else 0 as in openai/CLIP.</summary>
    public int PadToken { get; }

    /// <summary>The number of positions of the published text encoders, 77.</summary>
    public int ContextLength => 77;

    /// <summary>The ids of <paramref name="text"/>, without start and end.</summary>
    public int[] Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var ids = new List<int>(text.Length / 4 + 8);
        AppendText(text, ids);
        return [.. ids];
    }

    /// <summary>
    /// The ids of <paramref name="text"/> as the text encoder takes them: start, tokens, end, then padding up to
    /// <paramref name="contextLength"/>.
    /// </summary>
    /// <param name="text">Any text, empty included.</param>
    /// <param name="contextLength">The number of ids returned, 2 or more.</param>
    /// <param name="truncate">Whether a longer text is cut, its last id being the end of text; else it is refused.</param>
    /// <exception cref="ArgumentException">The text needs more than <paramref name="contextLength"/> ids and <paramref name="truncate"/> is
    /// false.</exception>
    public int[] EncodeForModel(string text, int contextLength = 77, bool truncate = true)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(contextLength, 2);
        var ids = new List<int>(contextLength) { StartOfText };
        AppendText(text, ids);
        ids.Add(EndOfText);
        if (ids.Count > contextLength && !truncate)
        {
            throw new ArgumentException(
                $"'{VocabularyFile.Shorten(text)}' takes {ids.Count} tokens, more than the context of {contextLength}: shorten it, or "
                + "allow truncation.", nameof(text));
        }

        var padded = new int[contextLength];
        Array.Fill(padded, PadToken);
        ids.CopyTo(0, padded, 0, Math.Min(ids.Count, contextLength));
        if (ids.Count > contextLength)
        {
            padded[^1] = EndOfText;
        }

        return padded;
    }

    /// <summary>
    /// The text of <paramref name="ids"/>: words with a space after each, special tokens by their names, broken UTF-8 as U+FFFD.
    /// </summary>
    /// <exception cref="ArgumentException">An id is not in the vocabulary.</exception>
    public string Decode(IEnumerable<int> ids) => _bytes.Decode(ids).Replace(Vocabulary.EndOfWordSuffix!, " ", StringComparison.Ordinal);

    private void AppendText(string text, List<int> ids)
    {
        var pieces = new ClipPieces(ClipTextCleaning.Clean(text));
        while (pieces.TryNext(out ReadOnlySpan<char> piece))
        {
            // The reference takes the names of its special tokens for the tokens themselves, wherever they stand.
            if (piece[0] == '<' && piece.SequenceEqual(ClipMergesFile.StartOfText))
            {
                ids.Add(StartOfText);
            }
            else if (piece[0] == '<' && piece.SequenceEqual(ClipMergesFile.EndOfText))
            {
                ids.Add(EndOfText);
            }
            else
            {
                _encoder.EncodeText(piece, ids);
            }
        }
    }

    private static int Required(BytePairVocabulary vocabulary, string token) => vocabulary.IdOf(token)
        ?? throw new InvalidDataException($"'{vocabulary.Source}' has no token '{token}', which CLIP's texts need.");
}
