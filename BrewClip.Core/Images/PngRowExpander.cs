namespace BrewClip.Core.Images;

/// <summary>
/// Turns restored PNG rows of any colour type and depth into RGB: gray is repeated, narrow samples are scaled to the full range, of 16-bit
/// samples the high byte is kept, alpha and transparent colours are dropped without blending.
/// </summary>
/// <remarks>
/// Equal to Pillow's <c>convert("RGB")</c>, except for 16-bit gray: Pillow clips it at 255 and so turns nearly everything white.
/// </remarks>
internal sealed class PngRowExpander
{
    private readonly PngImageHeader _header;
    private readonly byte[] _palette;
    private readonly int _paletteSize;
    private readonly string _name;

    /// <param name="header">The image's header.</param>
    /// <param name="palette">The PLTE chunk's content, checked to be a multiple of 3 bytes; empty where the image has none.</param>
    /// <param name="name">What to call the image in an exception's message.</param>
    public PngRowExpander(PngImageHeader header, ReadOnlySpan<byte> palette, string name)
    {
        _header = header;
        _palette = palette.ToArray();
        _paletteSize = palette.Length / 3;
        _name = name;
    }

    /// <summary>
    /// Writes <paramref name="width"/> pixels of a row at every <paramref name="step"/>th pixel of <paramref name="destination"/>.
    /// </summary>
    public void Expand(ReadOnlySpan<byte> row, Span<byte> destination, int width, int step)
    {
        if (_header is { ColorType: PngColorType.Rgb, BitDepth: 8 } && step == 1)
        {
            row.CopyTo(destination);
            return;
        }

        int stride = step * 3;
        switch (_header.ColorType)
        {
            case PngColorType.Palette:
                ExpandPalette(row, destination, width, stride);
                break;
            case PngColorType.Gray or PngColorType.GrayAlpha:
                ExpandGray(row, destination, width, stride);
                break;
            default:
                ExpandColor(row, destination, width, stride);
                break;
        }
    }

    private void ExpandPalette(ReadOnlySpan<byte> row, Span<byte> destination, int width, int stride)
    {
        for (int x = 0, to = 0; x < width; x++, to += stride)
        {
            int index = PackedSample(row, x);
            if (index >= _paletteSize)
            {
                throw new InvalidDataException($"'{_name}' is a PNG with colour {index} of a palette of {_paletteSize}: it is corrupt.");
            }

            _palette.AsSpan(index * 3, 3).CopyTo(destination[to..]);
        }
    }

    private void ExpandGray(ReadOnlySpan<byte> row, Span<byte> destination, int width, int stride)
    {
        int pixelBytes = _header.FilterDistance;
        int scale = _header.BitDepth < 8 ? 255 / ((1 << _header.BitDepth) - 1) : 1;
        for (int x = 0, to = 0; x < width; x++, to += stride)
        {
            int sample = _header.BitDepth < 8 ? PackedSample(row, x) * scale : row[x * pixelBytes];
            destination.Slice(to, 3).Fill((byte)sample);
        }
    }

    private void ExpandColor(ReadOnlySpan<byte> row, Span<byte> destination, int width, int stride)
    {
        int sampleBytes = _header.BitDepth / 8;
        int pixelBytes = _header.FilterDistance;
        for (int from = 0, to = 0, x = 0; x < width; x++, from += pixelBytes, to += stride)
        {
            destination[to] = row[from];
            destination[to + 1] = row[from + sampleBytes];
            destination[to + 2] = row[from + 2 * sampleBytes];
        }
    }

    /// <summary>Sample <paramref name="x"/> of a row of 1, 2, 4 or 8 bits, the leftmost in a byte's high bits.</summary>
    private int PackedSample(ReadOnlySpan<byte> row, int x)
    {
        int depth = _header.BitDepth;
        int bit = x * depth;
        return (row[bit >> 3] >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
    }
}
