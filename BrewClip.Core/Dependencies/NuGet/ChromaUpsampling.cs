namespace BrewClip.Core.Dependencies;

/// <summary>
/// Turns YCbCr pixels with repeated chroma, which is how ImageSharp upsamples, into RGB with the chroma that libjpeg interpolates and the
/// reference preprocessing therefore has: a triangle over neighbouring samples. Repeating moves the colours of edges by up to 20 of 255.
/// </summary>
internal sealed class ChromaUpsampling
{
    private readonly int _width;
    private readonly int _height;
    private readonly int _across;
    private readonly int _down;
    private readonly int _columns;
    private readonly int _rows;
    private readonly bool _interpolates;

    private ChromaUpsampling(int width, int height, int across, int down)
    {
        (_width, _height, _across, _down) = (width, height, across, down);
        (_columns, _rows) = ((width + across - 1) / across, (height + down - 1) / down);

        // libjpeg repeats the samples of other ratios, and those of an image that is two samples wide.
        _interpolates = across <= 2 && down <= 2 && across * down > 1 && !(across == 2 && _columns <= 2);
    }

    /// <summary>Converts in place.</summary>
    /// <param name="pixels">Height × width × 3 bytes: luma, blue and red chroma, replaced by red, green and blue.</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="across">Pixels per chroma sample along a row, 1 or more.</param>
    /// <param name="down">Pixels per chroma sample along a column, 1 or more.</param>
    public static void ToRgb(Span<byte> pixels, int width, int height, int across, int down)
    {
        var upsampling = new ChromaUpsampling(width, height, across, down);
        byte[] blue = upsampling.Samples(pixels, 1), red = upsampling.Samples(pixels, 2);
        int[] blueRow = new int[upsampling._columns], redRow = new int[upsampling._columns];
        for (int y = 0; y < height; y++)
        {
            upsampling.MixRows(blue, y, blueRow);
            upsampling.MixRows(red, y, redRow);
            Span<byte> row = pixels.Slice(y * width * 3, width * 3);
            for (int x = 0; x < width; x++)
            {
                Convert(row.Slice(x * 3, 3), upsampling.At(blueRow, x, y) - 128, upsampling.At(redRow, x, y) - 128);
            }
        }
    }

    private byte[] Samples(ReadOnlySpan<byte> pixels, int channel)
    {
        byte[] samples = new byte[_columns * _rows];
        for (int row = 0; row < _rows; row++)
        {
            for (int column = 0; column < _columns; column++)
            {
                samples[row * _columns + column] = pixels[(row * _down * _width + column * _across) * 3 + channel];
            }
        }

        return samples;
    }

    /// <summary>
    /// Three parts of the nearer row of samples and one of the next, as libjpeg's jdsample.c sums them; or the row itself.
    /// </summary>
    private void MixRows(byte[] samples, int y, int[] mixed)
    {
        int near = y / _down, far = Math.Clamp(near + (y % 2 == 0 ? -1 : 1), 0, _rows - 1);
        for (int i = 0; i < mixed.Length; i++)
        {
            int sample = samples[near * _columns + i];
            mixed[i] = _interpolates && _down == 2 ? 3 * sample + samples[far * _columns + i] : sample;
        }
    }

    /// <summary>The sample of a pixel; the roundings alternate as libjpeg's do, so that none prevails.</summary>
    private int At(int[] mixed, int x, int y)
    {
        if (!_interpolates)
        {
            return mixed[x / _across];
        }

        if (_across == 1)
        {
            return (mixed[x] + (y % 2 == 0 ? 1 : 2)) >> 2;
        }

        int near = x / 2, far = Math.Clamp(near + (x % 2 == 0 ? -1 : 1), 0, _columns - 1);
        int sum = 3 * mixed[near] + mixed[far];
        return _down == 1 ? (sum + (x % 2 == 0 ? 1 : 2)) >> 2 : (sum + (x % 2 == 0 ? 8 : 7)) >> 4;
    }

    /// <summary>ITU-T T.871, section 7, in fixed point of 16 bits: 1.402, 0.344136, 0.714136 and 1.772.</summary>
    private static void Convert(Span<byte> pixel, int blue, int red)
    {
        const int Half = 1 << 15;
        int luma = pixel[0];
        pixel[0] = Channel(luma + ((91881 * red + Half) >> 16));
        pixel[1] = Channel(luma + ((-22554 * blue - 46802 * red + Half) >> 16));
        pixel[2] = Channel(luma + ((116130 * blue + Half) >> 16));
    }

    private static byte Channel(int value) => (byte)Math.Clamp(value, 0, 255);
}
