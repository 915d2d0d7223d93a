using System.Buffers.Binary;

namespace BrewClip.Core.Images;

/// <summary>The IHDR chunk of a PNG.</summary>
/// <param name="Width">Pixels per row.</param>
/// <param name="Height">Rows.</param>
/// <param name="BitDepth">Bits per sample or palette index: 1, 2, 4, 8 or 16.</param>
/// <param name="ColorType">Which samples make a pixel.</param>
/// <param name="Interlaced">Whether the rows come in Adam7's seven passes.</param>
internal readonly record struct PngImageHeader(int Width, int Height, int BitDepth, PngColorType ColorType, bool Interlaced)
{
    public const int Length = 13;

    public int SamplesPerPixel => ColorType switch
    {
        PngColorType.Rgb => 3,
        PngColorType.GrayAlpha => 2,
        PngColorType.Rgba => 4,
        _ => 1,
    };

    /// <summary>The distance, in bytes, at which the row filters look left: whole pixels, at least 1.</summary>
    public int FilterDistance => Math.Max(1, SamplesPerPixel * BitDepth / 8);

    /// <summary>The bytes of a row of <paramref name="width"/> pixels, without the filter byte before it.</summary>
    public long RowBytes(int width) => ((long)width * SamplesPerPixel * BitDepth + 7) / 8;

    public static PngImageHeader Parse(ReadOnlySpan<byte> data, string name)
    {
        uint width = BinaryPrimitives.ReadUInt32BigEndian(data);
        uint height = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        if (width > int.MaxValue || height > int.MaxValue)
        {
            throw new InvalidDataException($"'{name}' is a PNG of {width}×{height} pixels: the format ends at {int.MaxValue} a side.");
        }

        ImageHeader.RequirePixels((int)width, (int)height, name);
        var header = new PngImageHeader((int)width, (int)height, data[8], (PngColorType)data[9], data[12] == 1);
        if (!header.IsDepthAllowed() || data[10] != 0 || data[11] != 0 || data[12] > 1)
        {
            throw new InvalidDataException(
                $"'{name}' is a PNG with colour type {data[9]}, depth {data[8]}, compression {data[10]}, filter {data[11]} and interlace "
                + $"{data[12]}, which the format does not define: it is corrupt.");
        }

        return header;
    }

    private bool IsDepthAllowed() => ColorType switch
    {
        PngColorType.Gray => BitDepth is 1 or 2 or 4 or 8 or 16,
        PngColorType.Palette => BitDepth is 1 or 2 or 4 or 8,
        PngColorType.Rgb or PngColorType.GrayAlpha or PngColorType.Rgba => BitDepth is 8 or 16,
        _ => false,
    };
}
