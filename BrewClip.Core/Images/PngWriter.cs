using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using BrewClip.Core.Checkpoints;

namespace BrewClip.Core.Images;

/// <summary>Writes 8-bit RGB PNG. Stateless and thread-safe.</summary>
public static class PngWriter
{
    /// <summary>Writes a file, beside its place and then renamed into it, so that it is there whole or not at all.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="image">The pixels.</param>
    /// <exception cref="IOException">The file could not be written; nothing is left behind.</exception>
    public static void Write(string path, RgbImage image)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.WriteAllBytes(path, Encode(image));
    }

    /// <summary>Encodes an image as the bytes of a PNG file.</summary>
    public static byte[] Encode(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        using var encoded = new MemoryStream();
        encoded.Write(PngReader.Signature);
        WriteChunk(encoded, "IHDR"u8, ImageHeaderData(image));
        WriteChunk(encoded, "IDAT"u8, Compress(image));
        WriteChunk(encoded, "IEND"u8, []);
        return encoded.ToArray();
    }

    private static byte[] ImageHeaderData(RgbImage image)
    {
        byte[] data = new byte[PngImageHeader.Length];
        BinaryPrimitives.WriteInt32BigEndian(data, image.Width);
        BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(4), image.Height);
        data[8] = 8;
        data[9] = (byte)PngColorType.Rgb;
        return data;
    }

    private static ReadOnlySpan<byte> Compress(RgbImage image)
    {
        const byte UpFilter = 2;
        int stride = image.Width * 3;
        byte[] row = ArrayPool<byte>.Shared.Rent(stride + 1);
        using var compressed = new MemoryStream();
        using (var deflate = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            // "Up" serves photographs and drawings alike, and is its own inverse's simplest case: no choice per row is needed.
            row[0] = UpFilter;
            for (int y = 0; y < image.Height; y++)
            {
                FilterUp(image.Pixels, y, stride, row.AsSpan(1, stride));
                deflate.Write(row, 0, stride + 1);
            }
        }

        ArrayPool<byte>.Shared.Return(row);
        return compressed.GetBuffer().AsSpan(0, (int)compressed.Length);
    }

    private static void FilterUp(ReadOnlySpan<byte> pixels, int y, int stride, Span<byte> filtered)
    {
        ReadOnlySpan<byte> current = pixels.Slice(y * stride, stride);
        if (y == 0)
        {
            current.CopyTo(filtered);
            return;
        }

        ReadOnlySpan<byte> above = pixels.Slice((y - 1) * stride, stride);
        for (int i = 0; i < stride; i++)
        {
            filtered[i] = (byte)(current[i] - above[i]);
        }
    }

    private static void WriteChunk(Stream stream, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        stream.Write(number);
        stream.Write(type);
        stream.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Compute(type, data));
        stream.Write(number);
    }
}
