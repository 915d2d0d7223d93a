using System.Numerics.Tensors;

namespace BrewClip.Models.Whisper.Decoding;

/// <summary>
/// Scores of one row turned into probabilities, in managed vector code: the rows are small and a tensor call each would cost more.
/// </summary>
internal static class LogProbabilities
{
    // Small enough to stay in the first-level cache between the passes over it.
    private const int Block = 2048;

    /// <summary>log Σ exp of the scores; negative infinity where all are, NaN where one is.</summary>
    public static float LogSumExp(ReadOnlySpan<float> logits) => LogSumExp(logits, TensorPrimitives.Max(logits), 1);

    /// <summary>log Σ exp(score) of scores that can be chosen from.</summary>
    /// <exception cref="NotFiniteNumberException">A score is not a number or is infinite.</exception>
    /// <exception cref="InvalidOperationException">No token is left to choose.</exception>
    public static float Normalizer(ReadOnlySpan<float> logits)
    {
        float largest = Largest(logits);
        return LogSumExp(logits, largest, 1);
    }

    /// <summary>The largest score, checked as in <see cref="Normalizer"/>.</summary>
    public static float Largest(ReadOnlySpan<float> logits)
    {
        float largest = TensorPrimitives.Max(logits);
        if (float.IsNaN(largest) || float.IsPositiveInfinity(largest))
        {
            throw new NotFiniteNumberException(
                "The model's scores are not finite numbers: its weights or the sound hold such values, or Float16 overflows, and then "
                + "Float32 or BFloat16 helps.");
        }

        if (float.IsNegativeInfinity(largest))
        {
            throw new InvalidOperationException(
                "Every token is suppressed: SuppressTokens, SuppressBlank and Timestamps leave none to choose.");
        }

        return largest;
    }

    /// <summary>The probability of one token among all.</summary>
    public static double Probability(ReadOnlySpan<float> logits, int token) => Math.Exp(logits[token] - Normalizer(logits));

    /// <summary>Draws a token with probability proportional to exp(score / temperature).</summary>
    public static int Sample(ReadOnlySpan<float> logits, double temperature, Random random)
    {
        float largest = Largest(logits);
        // Bounded, so that the largest score less itself stays 0 at temperatures too small for float32.
        float inverse = (float)Math.Min(1 / temperature, 1e30);
        double target = random.NextDouble() * SumExp(logits, largest, inverse);
        Span<float> block = stackalloc float[Block];
        double before = 0;
        int last = -1;
        for (int start = 0; start < logits.Length; start += Block)
        {
            var weights = Weights(logits.Slice(start, Math.Min(Block, logits.Length - start)), largest, inverse, block);
            double sum = TensorPrimitives.Sum<float>(weights);
            // The last block that has any weight takes what rounding leaves over.
            if (before + sum <= target && start + Block < logits.Length)
            {
                before += sum;
                continue;
            }

            for (int i = 0; i < weights.Length; i++)
            {
                if (weights[i] > 0)
                {
                    last = start + i;
                    before += weights[i];
                    if (before > target)
                    {
                        return last;
                    }
                }
            }
        }

        return last >= 0 ? last : TensorPrimitives.IndexOfMax(logits);
    }

    /// <summary>The highest scores in falling order, and equal ones by rising id.</summary>
    /// <returns>How many were found: fewer than asked for only where the vocabulary is smaller.</returns>
    public static int Top(ReadOnlySpan<float> logits, Span<int> tokens, Span<float> scores)
    {
        int count = 0;
        for (int start = 0; start < logits.Length; start += Block)
        {
            var block = logits.Slice(start, Math.Min(Block, logits.Length - start));
            if (count == tokens.Length && !(TensorPrimitives.Max(block) > scores[count - 1]))
            {
                continue;
            }

            for (int i = 0; i < block.Length; i++)
            {
                if (count < tokens.Length || block[i] > scores[count - 1])
                {
                    count = Insert(tokens, scores, count, start + i, block[i]);
                }
            }
        }

        return count;
    }

    private static int Insert(Span<int> tokens, Span<float> scores, int count, int token, float score)
    {
        int place = count < tokens.Length ? count++ : count - 1;
        while (place > 0 && scores[place - 1] < score)
        {
            (tokens[place], scores[place]) = (tokens[place - 1], scores[place - 1]);
            place--;
        }

        (tokens[place], scores[place]) = (token, score);
        return count;
    }

    private static float LogSumExp(ReadOnlySpan<float> logits, float largest, float inverse) =>
        float.IsFinite(largest) ? largest + (float)Math.Log(SumExp(logits, largest, inverse)) : largest;

    private static double SumExp(ReadOnlySpan<float> logits, float largest, float inverse)
    {
        Span<float> block = stackalloc float[Block];
        double sum = 0;
        for (int start = 0; start < logits.Length; start += Block)
        {
            sum += TensorPrimitives.Sum<float>(
                Weights(logits.Slice(start, Math.Min(Block, logits.Length - start)), largest, inverse, block));
        }

        return sum;
    }

    private static Span<float> Weights(ReadOnlySpan<float> logits, float largest, float inverse, Span<float> block)
    {
        var weights = block[..logits.Length];
        TensorPrimitives.Subtract(logits, largest, weights);
        if (inverse != 1)
        {
            TensorPrimitives.Multiply(weights, inverse, weights);
        }

        TensorPrimitives.Exp(weights, weights);
        return weights;
    }
}
