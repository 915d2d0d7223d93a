using BrewClip.Core.Images;

namespace BrewClip.Data.LittleWorld;

/// <summary>A colour of the canvas, each part in [0, 255].</summary>
internal readonly record struct Paint(byte Red, byte Green, byte Blue)
{
    /// <summary>This paint mixed with another: 0 leaves it, 1 is the other alone.</summary>
    public Paint Towards(Paint other, double share) => new(
        Mix(Red, other.Red, share), Mix(Green, other.Green, share), Mix(Blue, other.Blue, share));

    private static byte Mix(byte from, byte to, double share) => (byte)Math.Round(from + (to - from) * share);
}

/// <summary>A square picture painted by predicates over the unit square, x to the right and y down, edges smoothed.</summary>
internal sealed class Canvas
{
    private const int SamplesPerSide = 4;
    private readonly int _size;
    private readonly byte[] _pixels;

    /// <param name="size">Width and height in pixels.</param>
    public Canvas(int size)
    {
        _size = size;
        _pixels = new byte[size * size * 3];
    }

    /// <summary>Paints every pixel by its centre.</summary>
    public void Fill(Func<double, double, Paint> paint)
    {
        for (int row = 0; row < _size; row++)
        {
            for (int column = 0; column < _size; column++)
            {
                Set(row, column, paint((column + 0.5) / _size, (row + 0.5) / _size));
            }
        }
    }

    /// <summary>Paints where <paramref name="inside"/> holds, looking only within the given box.</summary>
    public void Draw(Paint paint, double left, double top, double right, double bottom, Func<double, double, bool> inside)
    {
        int firstRow = Bound(Math.Floor(top * _size)), lastRow = Bound(Math.Ceiling(bottom * _size));
        int firstColumn = Bound(Math.Floor(left * _size)), lastColumn = Bound(Math.Ceiling(right * _size));
        for (int row = firstRow; row < lastRow; row++)
        {
            for (int column = firstColumn; column < lastColumn; column++)
            {
                double coverage = Coverage(row, column, inside);
                if (coverage > 0)
                {
                    Set(row, column, Get(row, column).Towards(paint, coverage));
                }
            }
        }
    }

    /// <summary>The finished picture.</summary>
    public RgbImage ToImage() => new(_size, _size, _pixels);

    private double Coverage(int row, int column, Func<double, double, bool> inside)
    {
        int hits = 0;
        for (int i = 0; i < SamplesPerSide * SamplesPerSide; i++)
        {
            double x = (column + (i % SamplesPerSide + 0.5) / SamplesPerSide) / _size;
            double y = (row + (i / SamplesPerSide + 0.5) / SamplesPerSide) / _size;
            hits += inside(x, y) ? 1 : 0;
        }

        return hits / (double)(SamplesPerSide * SamplesPerSide);
    }

    private int Bound(double position) => (int)Math.Clamp(position, 0, _size);

    private Paint Get(int row, int column)
    {
        int at = (row * _size + column) * 3;
        return new Paint(_pixels[at], _pixels[at + 1], _pixels[at + 2]);
    }

    private void Set(int row, int column, Paint paint)
    {
        int at = (row * _size + column) * 3;
        (_pixels[at], _pixels[at + 1], _pixels[at + 2]) = (paint.Red, paint.Green, paint.Blue);
    }
}
