using BrewClip.Core.Audio;
using BrewClip.Core.Images;

namespace BrewClip.Models.Brew;

/// <summary>A curve over an utterance's waveform.</summary>
internal static class UtteranceCurve
{
    private const int SecondTick = 6;
    private const double SecondsPerWeight = 0.02;

    public static RgbImage Draw(AudioClip speech, ReadOnlySpan<float> weights, int width, int height)
    {
        var pixels = new byte[width * height * 3];
        Array.Fill(pixels, (byte)255);
        double seconds = speech.Duration.TotalSeconds;
        DrawWaveform(pixels, speech.Samples.Span, width, height);
        for (int second = 1; second < seconds; second++)
        {
            Column(pixels, width, (int)(second / seconds * width), height - SecondTick, height, 90, 90, 90);
        }

        int before = Level(weights[0], height);
        for (int x = 0; x < width; x++)
        {
            int index = Math.Min(weights.Length - 1, (int)(x * seconds / width / SecondsPerWeight));
            int level = Level(weights[index], height);
            Column(pixels, width, x, Math.Min(before, level), Math.Max(before, level) + 2, 200, 40, 60);
            before = level;
        }

        return new RgbImage(width, height, pixels);
    }

    private static int Level(float weight, int height) => (int)((1 - weight) * (height - SecondTick - 3));

    // From the lowest to the highest sample that falls on each column, the loudest reaching the edges.
    private static void DrawWaveform(byte[] pixels, ReadOnlySpan<float> samples, int width, int height)
    {
        float largest = 1e-9f;
        foreach (float sample in samples)
        {
            largest = Math.Max(largest, Math.Abs(sample));
        }

        for (int x = 0; x < width; x++)
        {
            int start = (int)((long)x * samples.Length / width), end = Math.Max(start + 1, (int)((x + 1L) * samples.Length / width));
            float low = 0, high = 0;
            foreach (float sample in samples[Math.Min(start, samples.Length - 1)..Math.Min(end, samples.Length)])
            {
                (low, high) = (Math.Min(low, sample), Math.Max(high, sample));
            }

            Column(
                pixels, width, x, (int)((1 - high / largest) / 2 * (height - 1)), (int)((1 - low / largest) / 2 * (height - 1)) + 1, 190,
                200, 215);
        }
    }

    private static void Column(byte[] pixels, int width, int x, int top, int bottom, byte red, byte green, byte blue)
    {
        for (int y = Math.Max(0, top); y < Math.Min(bottom, pixels.Length / 3 / width); y++)
        {
            int at = (y * width + Math.Min(x, width - 1)) * 3;
            (pixels[at], pixels[at + 1], pixels[at + 2]) = (red, green, blue);
        }
    }
}
