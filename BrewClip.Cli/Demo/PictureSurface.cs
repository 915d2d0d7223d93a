using BrewClip.Core.Images;

namespace BrewClip.Cli.Demo;

/// <summary>A colour.</summary>
internal readonly record struct Ink(byte Red, byte Green, byte Blue);

/// <summary>A picture to put others on, with lines and letters. What would lie outside is left out.</summary>
internal sealed class PictureSurface
{
    private readonly int _width, _height;
    private readonly byte[] _pixels;

    public PictureSurface(int width, int height, Ink background)
    {
        (_width, _height, _pixels) = (width, height, new byte[width * height * 3]);
        Fill(0, 0, width, height, background);
    }

    public RgbImage ToImage() => new(_width, _height, _pixels);

    public void Fill(int left, int top, int width, int height, Ink ink)
    {
        for (int y = Math.Max(0, top); y < Math.Min(_height, top + height); y++)
        {
            for (int x = Math.Max(0, left); x < Math.Min(_width, left + width); x++)
            {
                Set(x, y, ink);
            }
        }
    }

    /// <summary>A rectangle's border, drawn around it.</summary>
    public void Frame(int left, int top, int width, int height, int thickness, Ink ink)
    {
        Fill(left - thickness, top - thickness, width + 2 * thickness, thickness, ink);
        Fill(left - thickness, top + height, width + 2 * thickness, thickness, ink);
        Fill(left - thickness, top, thickness, height, ink);
        Fill(left + width, top, thickness, height, ink);
    }

    /// <summary>Another picture, brought to a size by its nearest pixels.</summary>
    public void Place(RgbImage image, int left, int top, int width, int height)
    {
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int at = (y * image.Height / height * image.Width + x * image.Width / width) * 3;
                if (left + x >= 0 && left + x < _width && top + y >= 0 && top + y < _height)
                {
                    Set(left + x, top + y, new Ink(image.Pixels[at], image.Pixels[at + 1], image.Pixels[at + 2]));
                }
            }
        }
    }

    /// <summary>Letters, each pixel of theirs a square of <paramref name="scale"/>.</summary>
    public void Write(string text, int left, int top, int scale, Ink ink)
    {
        foreach (var (position, letter) in text.Index())
        {
            for (int i = 0; i < PixelFont.Width * PixelFont.Height; i++)
            {
                int column = i % PixelFont.Width, row = i / PixelFont.Width;
                if (PixelFont.IsInked(letter, row, column))
                {
                    Fill(left + (position * PixelFont.Advance + column) * scale, top + row * scale, scale, scale, ink);
                }
            }
        }
    }

    private void Set(int x, int y, Ink ink)
    {
        int at = (y * _width + x) * 3;
        (_pixels[at], _pixels[at + 1], _pixels[at + 2]) = (ink.Red, ink.Green, ink.Blue);
    }
}
