using System.Numerics.Tensors;

namespace BrewClip.Models.Whisper.Transcription;

/// <summary>
/// What the alignment heads looked at while each token was read, as one matrix: softmax over frames, normalised over tokens, smoothed over
/// frames and averaged over heads (openai/whisper, <c>timing.py</c>).
/// </summary>
internal static class AttentionMatrix
{
    private const int MedianWidth = 7;

    /// <param name="scores">[heads, tokens, frames], row-major: attention before its softmax.</param>
    /// <param name="heads">Heads.</param>
    /// <param name="tokens">Tokens.</param>
    /// <param name="frames">Frames of each token's scores.</param>
    /// <param name="used">How many of the first frames hold sound.</param>
    /// <returns>[tokens, used].</returns>
    public static double[] Of(ReadOnlySpan<float> scores, int heads, int tokens, int frames, int used)
    {
        var mean = new double[tokens * used];
        var weights = new float[tokens * used];
        var smooth = new float[used];
        for (int head = 0; head < heads; head++)
        {
            for (int token = 0; token < tokens; token++)
            {
                var row = scores.Slice((head * tokens + token) * frames, used);
                TensorPrimitives.SoftMax(row, weights.AsSpan(token * used, used));
            }

            NormalizeColumns(weights, tokens, used);
            for (int token = 0; token < tokens; token++)
            {
                Smooth(weights.AsSpan(token * used, used), smooth);
                for (int frame = 0; frame < used; frame++)
                {
                    mean[token * used + frame] += smooth[frame] / heads;
                }
            }
        }

        return mean;
    }

    /// <summary>The median of the seven values around each, mirrored at the ends; a row too short for that is left as it is.</summary>
    internal static void Smooth(ReadOnlySpan<float> values, Span<float> result)
    {
        const int Reach = MedianWidth / 2;
        if (values.Length <= Reach)
        {
            values.CopyTo(result);
            return;
        }

        Span<float> around = stackalloc float[MedianWidth];
        for (int i = 0; i < values.Length; i++)
        {
            for (int j = 0; j < MedianWidth; j++)
            {
                int at = Math.Abs(i + j - Reach);
                around[j] = values[at < values.Length ? at : 2 * (values.Length - 1) - at];
            }

            around.Sort();
            result[i] = around[Reach];
        }
    }

    // Zero mean and unit variance over tokens: frames that every token looks at tell nothing.
    private static void NormalizeColumns(Span<float> weights, int tokens, int used)
    {
        var sum = new double[used];
        var squares = new double[used];
        for (int i = 0; i < weights.Length; i++)
        {
            sum[i % used] += weights[i];
        }

        for (int i = 0; i < weights.Length; i++)
        {
            double difference = weights[i] - sum[i % used] / tokens;
            squares[i % used] += difference * difference;
        }

        for (int i = 0; i < weights.Length; i++)
        {
            double deviation = Math.Sqrt(squares[i % used] / tokens);
            weights[i] = deviation > 0 ? (float)((weights[i] - sum[i % used] / tokens) / deviation) : 0;
        }
    }
}
