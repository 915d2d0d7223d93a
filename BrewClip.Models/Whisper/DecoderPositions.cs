using BrewClip.Models.Layers;
using static TorchSharp.torch;

namespace BrewClip.Models.Whisper;

/// <summary>Which position each new token of a batch stands at, and which positions it may attend to.</summary>
internal static class DecoderPositions
{
    public static void Check(Tensor tokens, KeyValueCache cache, WhisperConfig config)
    {
        var shape = tokens.shape;
        if (shape.Length != 2 || shape[0] != cache.Rows || shape[1] == 0)
        {
            throw new ArgumentException($"Tokens are [{string.Join(", ", shape)}]: [{cache.Rows}, 1 or more] is expected.", nameof(tokens));
        }

        long end = cache.Length + shape[1];
        if (end > cache.Capacity || end - cache.LeftPadding.Min() > config.TextPositions)
        {
            throw new ArgumentException(
                $"{end} positions are asked for: this cache holds {cache.Capacity} and the model reads {config.TextPositions}.",
                nameof(tokens));
        }

        CheckVocabulary(tokens, config);
    }

    public static void CheckTranscripts(Tensor tokens, Tensor audio, WhisperConfig config)
    {
        var (text, sound) = (tokens.shape, audio.shape);
        if (text.Length != 2 || text[0] == 0 || text[1] == 0 || text[1] > config.TextPositions)
        {
            throw new ArgumentException(
                $"Transcripts are [{string.Join(", ", text)}]: [utterances, 1 to {config.TextPositions}] is expected.", nameof(tokens));
        }

        if (sound.Length != 3 || sound[0] != text[0] || sound[1] == 0 || sound[2] != config.Width)
        {
            throw new ArgumentException(
                $"The encoder's output is [{string.Join(", ", sound)}]: [{text[0]}, frames, {config.Width}] is expected.", nameof(audio));
        }

        CheckVocabulary(tokens, config);
    }

    // An index outside the table is undefined behaviour on a GPU, so it is found here.
    private static void CheckVocabulary(Tensor tokens, WhisperConfig config)
    {
        using var scope = NewDisposeScope();
        foreach (long token in tokens.to(ScalarType.Int64).cpu().contiguous().data<long>().ToArray())
        {
            if (token < 0 || token >= config.VocabularySize)
            {
                throw new ArgumentException(
                    $"Token {token} is outside this model's vocabulary of {config.VocabularySize}: it comes from another model's "
                    + "tokenizer.",
                    nameof(tokens));
            }
        }
    }

    /// <summary>Position embeddings of the next <paramref name="added"/> positions, [1 or rows, added, width].</summary>
    public static Tensor Embeddings(EmbeddingTable table, KeyValueCache cache, int added)
    {
        if (!cache.HasPadding)
        {
            return table.Rows(cache.Length, added).unsqueeze(0);
        }

        var positions = new long[cache.Rows * added];
        for (int row = 0; row < cache.Rows; row++)
        {
            int padding = cache.LeftPadding[row / cache.RowsPerUtterance];
            for (int i = 0; i < added; i++)
            {
                positions[row * added + i] = Math.Max(0, cache.Length + i - padding);
            }
        }

        return table.forward(tensor(positions, [cache.Rows, added], device: table.Device));
    }

    /// <summary>
    /// True where a new position may attend, [1 or rows, 1, added, length + added]; null where nothing but the causal rule within a first
    /// call, or nothing at all for a single token, is needed.
    /// </summary>
    public static Tensor? Mask(KeyValueCache cache, int added)
    {
        if (!cache.HasPadding && (added == 1 || cache.Length == 0))
        {
            return null;
        }

        int rows = cache.HasPadding ? cache.Rows : 1;
        int total = cache.Length + added;
        var allowed = new bool[rows * added * total];
        for (int row = 0; row < rows; row++)
        {
            int padding = cache.LeftPadding[row / cache.RowsPerUtterance];
            for (int i = 0; i < added; i++)
            {
                int own = cache.Length + i;
                var line = allowed.AsSpan((row * added + i) * total, total);
                // A padded position sees itself: attention to nothing would be no number, and spread through the cache.
                line[own] = true;
                if (own > padding)
                {
                    line[padding..own].Fill(true);
                }
            }
        }

        return tensor(allowed, [rows, 1, added, total], device: cache.Device);
    }
}
