using BrewClip.Core.Images;

namespace BrewClip.Benchmarks.Plots;

/// <summary>A colour: red, green and blue.</summary>
internal readonly record struct Ink(byte R, byte G, byte B)
{
    public static readonly Ink Black = new(30, 30, 30), Grey = new(150, 150, 150), Light = new(228, 228, 228), White = new(255, 255, 255);
    public static readonly Ink Blue = new(31, 98, 178), Orange = new(222, 120, 20);
}

/// <summary>A white picture that lines, dots and letters are drawn on.</summary>
internal sealed class Canvas(int width, int height)
{
    private readonly byte[] _pixels = White(width, height);

    public int Width => width;

    public int Height => height;

    public RgbImage ToImage() => new(width, height, [.. _pixels]);

    /// <summary>A line with smooth edges.</summary>
    public void Line(double x0, double y0, double x1, double y1, Ink ink, double thickness = 1)
    {
        double reach = thickness / 2 + 1;
        double length = Math.Max(Math.Pow(x1 - x0, 2) + Math.Pow(y1 - y0, 2), 1e-9);
        Cover(Math.Min(x0, x1) - reach, Math.Min(y0, y1) - reach, Math.Max(x0, x1) + reach, Math.Max(y0, y1) + reach, (x, y) =>
        {
            double along = Math.Clamp(((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length, 0, 1);
            double distance = Math.Sqrt(Math.Pow(x - x0 - along * (x1 - x0), 2) + Math.Pow(y - y0 - along * (y1 - y0), 2));
            return thickness / 2 + 0.5 - distance;
        }, ink);
    }

    /// <summary>A filled circle with a smooth edge.</summary>
    public void Dot(double x, double y, double radius, Ink ink) =>
        Line(x, y, x, y, ink, 2 * radius);

    /// <summary>Letters whose upper left corner is given.</summary>
    public void Text(string text, double x, double y, Ink ink, int scale = 2)
    {
        for (int i = 0; i < text.Length; i++)
        {
            for (int dot = 0; dot < BitmapFont.Width * BitmapFont.Height; dot++)
            {
                int column = dot % BitmapFont.Width, row = dot / BitmapFont.Width;
                if (BitmapFont.IsSet(text[i], column, row))
                {
                    int left = (int)x + (i * BitmapFont.Advance + column) * scale;
                    Fill(left, (int)y + (row + BitmapFont.Drop(text[i])) * scale, scale, scale, ink);
                }
            }
        }
    }

    /// <summary>How wide letters are.</summary>
    public static int TextWidth(string text, int scale = 2) => text.Length * BitmapFont.Advance * scale;

    private static byte[] White(int width, int height)
    {
        var pixels = new byte[width * height * 3];
        Array.Fill(pixels, (byte)255);
        return pixels;
    }

    private void Fill(int x, int y, int columns, int rows, Ink ink)
    {
        for (int row = y; row < y + rows; row++)
        {
            for (int column = x; column < x + columns; column++)
            {
                Blend(column, row, 1, ink);
            }
        }
    }

    private void Cover(double left, double top, double right, double bottom, Func<double, double, double> coverage, Ink ink)
    {
        for (int y = (int)Math.Floor(top); y <= bottom; y++)
        {
            for (int x = (int)Math.Floor(left); x <= right; x++)
            {
                Blend(x, y, Math.Clamp(coverage(x + 0.5, y + 0.5), 0, 1), ink);
            }
        }
    }

    private void Blend(int x, int y, double share, Ink ink)
    {
        if (share <= 0 || x < 0 || y < 0 || x >= width || y >= height)
        {
            return;
        }

        var pixel = _pixels.AsSpan((y * width + x) * 3, 3);
        pixel[0] = Mixed(pixel[0], ink.R, share);
        pixel[1] = Mixed(pixel[1], ink.G, share);
        pixel[2] = Mixed(pixel[2], ink.B, share);
    }

    private static byte Mixed(byte under, byte over, double share) => (byte)Math.Round(under + share * (over - under));
}
