using BrewClip.Core.Images;

namespace BrewClip.Tests.Core.Images;

/// <summary>The reference's resize written out without any economy: every pixel of the whole result, one weight at a time.</summary>
internal static class ResizeOracle
{
    public static byte[] ShortSideAndCenterCrop(RgbImage image, int size)
    {
        bool portrait = image.Width < image.Height;
        int width = portrait ? size : (int)((double)size * image.Width / image.Height);
        int height = portrait ? (int)((double)size * image.Height / image.Width) : size;
        byte[] across = FilterAxis(image.Pixels.ToArray(), image.Width, image.Height, width);
        byte[] turned = FilterAxis(Transpose(across, width, image.Height), image.Height, width, height);
        byte[] resized = Transpose(turned, height, width);
        int left = (int)Math.Round((width - size) / 2.0), top = (int)Math.Round((height - size) / 2.0);
        var cropped = new byte[size * size * 3];
        for (int y = 0; y < size; y++)
        {
            Array.Copy(resized, ((top + y) * width + left) * 3, cropped, y * size * 3, size * 3);
        }

        return cropped;
    }

    private static byte[] FilterAxis(byte[] pixels, int width, int height, int newWidth)
    {
        if (width == newWidth)
        {
            return pixels;
        }

        var result = new byte[newWidth * height * 3];
        double scale = (double)width / newWidth, stretch = Math.Max(1, scale);
        for (int x = 0; x < newWidth; x++)
        {
            double center = (x + 0.5) * scale;
            int first = Math.Max(0, (int)(center - 2 * stretch + 0.5)), end = Math.Min(width, (int)(center + 2 * stretch + 0.5));
            double[] weights = [.. Enumerable.Range(first, end - first).Select(tap => Cubic((tap - center + 0.5) / stretch))];
            double sum = weights.Sum();
            long[] whole = [.. weights.Select(weight => (long)Math.Round(weight / sum * (1 << 22), MidpointRounding.AwayFromZero))];
            for (int y = 0; y < height; y++)
            {
                for (int channel = 0; channel < 3; channel++)
                {
                    long total = 1 << 21;
                    for (int tap = first; tap < end; tap++)
                    {
                        total += whole[tap - first] * pixels[(y * width + tap) * 3 + channel];
                    }

                    result[(y * newWidth + x) * 3 + channel] = (byte)Math.Clamp(total >> 22, 0, 255);
                }
            }
        }

        return result;
    }

    private static double Cubic(double x)
    {
        x = Math.Abs(x);
        return x < 1 ? 1.5 * x * x * x - 2.5 * x * x + 1 : x < 2 ? -0.5 * (x * x * x - 5 * x * x + 8 * x - 4) : 0;
    }

    private static byte[] Transpose(byte[] pixels, int width, int height)
    {
        var result = new byte[pixels.Length];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                Array.Copy(pixels, (y * width + x) * 3, result, (x * height + y) * 3, 3);
            }
        }

        return result;
    }
}
