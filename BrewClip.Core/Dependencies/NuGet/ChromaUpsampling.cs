namespace BrewClip.Core.Dependencies;

/// <summary>
/// Gives a JPEG whose chroma is halved the upsampling of libjpeg, which the reference preprocessing uses: a triangle over neighbouring
/// samples. ImageSharp repeats each chroma sample instead, which moves the colours of edges by up to 20 of 255. The repeated samples are
/// found again in the decoded pixels, each of which has them in common with its block.
/// </summary>
internal sealed class ChromaUpsampling
{
    // What a pixel of which a channel was cut off at 0 or 255 counts beside one that was not.
    private const float CutOffWeight = 1e-3f;

    private readonly int _width;
    private readonly int _height;
    private readonly int _across;
    private readonly int _down;
    private readonly int _columns;
    private readonly int _rows;
    private readonly int[] _blue;
    private readonly int[] _red;

    private ChromaUpsampling(int width, int height, int across, int down)
    {
        (_width, _height, _across, _down) = (width, height, across, down);
        (_columns, _rows) = ((width + across - 1) / across, (height + down - 1) / down);
        (_blue, _red) = (new int[_columns * _rows], new int[_columns * _rows]);
    }

    /// <summary>Replaces repeated chroma by interpolated chroma, in place.</summary>
    /// <param name="rgb">Height × width × 3 bytes, decoded from YCbCr with repeated chroma.</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="across">Pixels per chroma sample along a row; libjpeg interpolates where it is 1 or 2.</param>
    /// <param name="down">Pixels per chroma sample along a column; libjpeg interpolates where it is 1 or 2.</param>
    public static void Apply(Span<byte> rgb, int width, int height, int across, int down)
    {
        var upsampling = new ChromaUpsampling(width, height, across, down);

        // libjpeg repeats the samples of any other ratio too, and of an image that is only two samples wide.
        if (across > 2 || down > 2 || across * down == 1 || (across == 2 && upsampling._columns <= 2))
        {
            return;
        }

        upsampling.Recover(rgb);
        upsampling.Interpolate(rgb);
    }

    private void Recover(ReadOnlySpan<byte> rgb)
    {
        for (int row = 0; row < _rows; row++)
        {
            for (int column = 0; column < _columns; column++)
            {
                float blue = 0, red = 0, weights = 0;
                for (int y = row * _down; y < Math.Min(_height, (row + 1) * _down); y++)
                {
                    for (int x = column * _across; x < Math.Min(_width, (column + 1) * _across); x++)
                    {
                        ReadOnlySpan<byte> pixel = rgb.Slice((y * _width + x) * 3, 3);
                        float luma = Luma(pixel), weight = pixel.ContainsAny((byte)0, (byte)255) ? CutOffWeight : 1;
                        blue += weight * (pixel[2] - luma) / 1.772f;
                        red += weight * (pixel[0] - luma) / 1.402f;
                        weights += weight;
                    }
                }

                _blue[row * _columns + column] = Sample(blue / weights);
                _red[row * _columns + column] = Sample(red / weights);
            }
        }
    }

    private void Interpolate(Span<byte> rgb)
    {
        int[] blue = new int[_columns], red = new int[_columns];
        for (int y = 0; y < _height; y++)
        {
            int row = y / _down * _columns;
            MixRows(_blue, y, blue);
            MixRows(_red, y, red);
            for (int x = 0; x < _width; x++)
            {
                Span<byte> pixel = rgb.Slice((y * _width + x) * 3, 3);
                int sample = row + x / _across;
                int luma = FindLuma(pixel, _blue[sample] - 128, _red[sample] - 128);
                int b = At(blue, x, y) - 128, r = At(red, x, y) - 128;
                pixel[0] = Channel(luma + 1.402f * r);
                pixel[1] = Channel(luma - 0.344136f * b - 0.714136f * r);
                pixel[2] = Channel(luma + 1.772f * b);
            }
        }
    }

    /// <summary>Three parts of the nearer row of samples and one of the next, as libjpeg's jdsample.c sums them; or the row itself.</summary>
    private void MixRows(int[] samples, int y, int[] mixed)
    {
        int near = y / _down, far = Math.Clamp(near + (y % 2 == 0 ? -1 : 1), 0, _rows - 1);
        for (int i = 0; i < mixed.Length; i++)
        {
            int sample = samples[near * _columns + i];
            mixed[i] = _down == 1 ? sample : 3 * sample + samples[far * _columns + i];
        }
    }

    /// <summary>The sample of a pixel; the roundings alternate as libjpeg's do, so that none prevails.</summary>
    private int At(int[] mixed, int x, int y)
    {
        if (_across == 1)
        {
            return (mixed[x] + (y % 2 == 0 ? 1 : 2)) >> 2;
        }

        int near = x / 2, far = Math.Clamp(near + (x % 2 == 0 ? -1 : 1), 0, _columns - 1);
        int sum = 3 * mixed[near] + mixed[far];
        return _down == 1 ? (sum + (x % 2 == 0 ? 1 : 2)) >> 2 : (sum + (x % 2 == 0 ? 8 : 7)) >> 4;
    }

    /// <summary>The luma that gave the pixel, from those of its channels that were not cut off.</summary>
    private static int FindLuma(ReadOnlySpan<byte> pixel, int blue, int red)
    {
        ReadOnlySpan<float> weights = [0.299f, 0.587f, 0.114f];
        ReadOnlySpan<float> chroma = [1.402f * red, -0.344136f * blue - 0.714136f * red, 1.772f * blue];
        float luma = 0, total = 0;
        for (int channel = 0; channel < 3; channel++)
        {
            if (pixel[channel] is > 0 and < 255)
            {
                luma += weights[channel] * (pixel[channel] - chroma[channel]);
                total += weights[channel];
            }
        }

        return Channel(total > 0 ? luma / total : Luma(pixel));
    }

    // The conversion of the JPEG File Interchange Format (ITU-T T.871, section 7).
    private static float Luma(ReadOnlySpan<byte> pixel) => 0.299f * pixel[0] + 0.587f * pixel[1] + 0.114f * pixel[2];

    private static int Sample(float chroma) => Math.Clamp((int)MathF.Round(chroma + 128), 0, 255);

    private static byte Channel(float value) => (byte)Math.Clamp((int)MathF.Round(value), 0, 255);
}
