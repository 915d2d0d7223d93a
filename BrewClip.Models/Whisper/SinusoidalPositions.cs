namespace BrewClip.Models.Whisper;

/// <summary>
/// The encoder's fixed position embeddings: sines, then cosines, of wavelengths from 2π to 10000 · 2π in geometric progression
/// (whisper/model.py: sinusoids).
/// </summary>
internal static class SinusoidalPositions
{
    private const double LongestTimescale = 10000;

    /// <summary>[positions, width], row-major; rounded where the published code rounds, to float32.</summary>
    public static float[] Compute(int positions, int width)
    {
        int half = width / 2;
        float increment = (float)(-Math.Log(LongestTimescale) / (half - 1));
        var table = new float[positions * width];
        for (int i = 0; i < half; i++)
        {
            float inverseTimescale = MathF.Exp(increment * i);
            for (int position = 0; position < positions; position++)
            {
                float angle = position * inverseTimescale;
                table[position * width + i] = MathF.Sin(angle);
                table[position * width + half + i] = MathF.Cos(angle);
            }
        }

        return table;
    }
}
