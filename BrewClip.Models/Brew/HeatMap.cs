using BrewClip.Core.Images;

namespace BrewClip.Models.Brew;

/// <summary>Weights of a grid laid over an image: the more weight, the brighter and the more opaque.</summary>
internal static class HeatMap
{
    // Dark violet over red to yellow: brightness grows all the way, so that it reads without colour too.
    private static readonly (float Red, float Green, float Blue)[] _ramp = [(40, 10, 80), (190, 40, 80), (250, 140, 30), (255, 250, 130)];

    private const float MostOpaque = 0.75f, LeastOpaque = 0.2f;

    public static RgbImage Overlay(RgbImage view, ReadOnlySpan<float> weights, int columns, int side)
    {
        double scale = side / (double)Math.Min(view.Width, view.Height);
        int width = (int)Math.Round(view.Width * scale), height = (int)Math.Round(view.Height * scale), rows = weights.Length / columns;
        var pixels = new byte[width * height * 3];
        for (int y = 0; y < height; y++)
        {
            int fromY = Math.Min(view.Height - 1, (int)((y + 0.5) / scale));
            for (int x = 0; x < width; x++)
            {
                int fromX = Math.Min(view.Width - 1, (int)((x + 0.5) / scale));
                float weight = Interpolate(weights, columns, rows, (x + 0.5f) / width * columns - 0.5f, (y + 0.5f) / height * rows - 0.5f);
                Blend(view.Pixels.Slice((fromY * view.Width + fromX) * 3, 3), weight, pixels.AsSpan((y * width + x) * 3, 3));
            }
        }

        return new RgbImage(width, height, pixels);
    }

    private static float Interpolate(ReadOnlySpan<float> weights, int columns, int rows, float x, float y)
    {
        (x, y) = (Math.Clamp(x, 0, columns - 1), Math.Clamp(y, 0, rows - 1));
        int left = (int)x, top = (int)y, right = Math.Min(left + 1, columns - 1), bottom = Math.Min(top + 1, rows - 1);
        float above = weights[top * columns + left] + (x - left) * (weights[top * columns + right] - weights[top * columns + left]);
        float below = weights[bottom * columns + left]
            + (x - left) * (weights[bottom * columns + right] - weights[bottom * columns + left]);
        return above + (y - top) * (below - above);
    }

    private static void Blend(ReadOnlySpan<byte> pixel, float weight, Span<byte> result)
    {
        float place = weight * (_ramp.Length - 1);
        int step = Math.Min((int)place, _ramp.Length - 2);
        var (low, high, part) = (_ramp[step], _ramp[step + 1], place - step);
        float opacity = LeastOpaque + (MostOpaque - LeastOpaque) * weight;
        result[0] = Mix(pixel[0], low.Red + part * (high.Red - low.Red), opacity);
        result[1] = Mix(pixel[1], low.Green + part * (high.Green - low.Green), opacity);
        result[2] = Mix(pixel[2], low.Blue + part * (high.Blue - low.Blue), opacity);
    }

    private static byte Mix(byte below, float above, float opacity) => (byte)Math.Clamp(below + opacity * (above - below), 0, 255);
}
