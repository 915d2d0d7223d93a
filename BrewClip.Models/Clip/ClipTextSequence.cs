namespace BrewClip.Models.Clip;

/// <summary>
/// A batch of tokenised texts made ready for the text tower: where each ends is tracked by id, prompts move that end along, what overflows
/// is cut with the end kept, and what follows the last end of the batch, which a causal tower never reads, is left out.
/// </summary>
internal sealed class ClipTextSequence
{
    private readonly int[] _ends;

    private ClipTextSequence(long[] tokens, int tokensPerText, int[] ends, int promptsAt)
    {
        Tokens = tokens;
        TokensPerText = tokensPerText;
        _ends = ends;
        PromptsAt = promptsAt;
    }

    /// <summary>Row-major [texts, tokens per text], prompts not among them.</summary>
    public long[] Tokens { get; }

    public int TokensPerText { get; }

    public int Texts => _ends.Length;

    /// <summary>The token before which prompts stand: 0 or 1.</summary>
    public int PromptsAt { get; }

    /// <summary>The position of each text's end in the sequence with prompts.</summary>
    public IReadOnlyList<int> Ends => _ends;

    /// <summary>Indices of the ends in a batch flattened to [texts · length].</summary>
    public long[] FlatEnds(long length) => [.. _ends.Select((end, text) => text * length + end)];

    /// <param name="tokens">Row-major [texts, columns].</param>
    /// <param name="columns">Tokens for each text, padding included.</param>
    /// <param name="config">Vocabulary, context length and the rule of the end.</param>
    /// <param name="prompts">How many prompt vectors each text gets.</param>
    /// <param name="placement">Where they stand.</param>
    /// <exception cref="ArgumentException">
    /// A text is too long, has no end, or holds an id outside the vocabulary; or prompts leave no room.
    /// </exception>
    public static ClipTextSequence Create(
        ReadOnlySpan<long> tokens, int columns, ClipTextConfig config, int prompts = 0,
        PromptPlacement placement = PromptPlacement.AfterStart)
    {
        CheckLengths(tokens.Length, columns, config, prompts);
        var ends = new int[tokens.Length / columns];
        for (int text = 0; text < ends.Length; text++)
        {
            var row = tokens.Slice(text * columns, columns);
            CheckVocabulary(row, text, config);
            ends[text] = FindEnd(row, text, config);
            if (ends[text] == 0)
            {
                throw new ArgumentException($"Text {text} begins with its end ({row[0]}): a start token comes first.");
            }
        }

        int length = Math.Min(ends.Max() + 1, config.ContextLength - prompts);
        var kept = new long[ends.Length * length];
        for (int text = 0; text < ends.Length; text++)
        {
            var row = tokens.Slice(text * columns, columns);
            row[..length].CopyTo(kept.AsSpan(text * length));
            if (ends[text] >= length)
            {
                kept[text * length + length - 1] = row[ends[text]];
                ends[text] = length - 1;
            }

            ends[text] += prompts;
        }

        return new ClipTextSequence(kept, length, ends, placement == PromptPlacement.Front ? 0 : 1);
    }

    private static void CheckLengths(int count, int columns, ClipTextConfig config, int prompts)
    {
        if (count == 0 || columns == 0)
        {
            throw new ArgumentException("There are no tokens: nothing to encode.");
        }

        if (columns > config.ContextLength)
        {
            throw new ArgumentException(
                $"The texts are {columns} tokens long and this model reads {config.ContextLength}: truncate them, or encode them in "
                + "windows.");
        }

        // A start, an end and the prompts are the least that a sequence holds.
        if (prompts > config.ContextLength - 2)
        {
            throw new ArgumentException($"{prompts} prompt vectors leave no room for text in a sequence of {config.ContextLength}.");
        }
    }

    private static void CheckVocabulary(ReadOnlySpan<long> row, int text, ClipTextConfig config)
    {
        foreach (long token in row)
        {
            if (token < 0 || token >= config.VocabularySize)
            {
                throw new ArgumentException(
                    $"Text {text} holds token {token}, outside this model's vocabulary of {config.VocabularySize}: "
                    + "its tokens come from another model's tokenizer.");
            }
        }
    }

    private static int FindEnd(ReadOnlySpan<long> row, int text, ClipTextConfig config)
    {
        if (config.EndOfText != ClipTextConfig.LegacyEndOfText)
        {
            int end = row.IndexOf(config.EndOfText);
            return end >= 0 ? end : throw new ArgumentException($"Text {text} holds no end-of-text token ({config.EndOfText}).");
        }

        int largest = 0;
        for (int i = 1; i < row.Length; i++)
        {
            if (row[i] > row[largest])
            {
                largest = i;
            }
        }

        return largest;
    }
}
