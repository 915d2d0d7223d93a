using System.Buffers.Binary;
using System.IO.Compression;

namespace BrewClip.Tests.Core.Images;

/// <summary>Writes PNGs of every colour type, depth and interlacing from samples, with a different row filter on each row.</summary>
internal sealed class TestPng
{
    private static readonly (int X, int Y, int StepX, int StepY)[] _adam7 =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    public required int Width { get; init; }
    public required int Height { get; init; }
    public required int Depth { get; init; }
    public required int ColorType { get; init; }
    public bool Interlaced { get; init; }
    public byte[] Palette { get; init; } = [];
    public List<(string Type, byte[] Data)> Extra { get; } = [];

    /// <summary>Row-major samples, as many to a pixel as the colour type has.</summary>
    public required int[] Samples { get; init; }

    public int Channels => ColorType switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };

    public byte[] Encode()
    {
        using var stream = new MemoryStream();
        stream.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Height);
        (header[8], header[9], header[12]) = ((byte)Depth, (byte)ColorType, (byte)(Interlaced ? 1 : 0));
        WriteChunk(stream, "IHDR", header);
        Extra.ForEach(chunk => WriteChunk(stream, chunk.Type, chunk.Data));
        if (Palette.Length > 0)
        {
            WriteChunk(stream, "PLTE", Palette);
        }

        byte[] compressed = Compress();
        WriteChunk(stream, "IDAT", compressed[..(compressed.Length / 2)]);
        WriteChunk(stream, "IDAT", compressed[(compressed.Length / 2)..]);
        WriteChunk(stream, "IEND", []);
        return stream.ToArray();
    }

    public static void WriteChunk(Stream stream, string type, byte[] data)
    {
        byte[] number = new byte[4];
        byte[] letters = System.Text.Encoding.ASCII.GetBytes(type);
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        stream.Write(number);
        stream.Write(letters);
        stream.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, BitwiseCrc([.. letters, .. data]));
        stream.Write(number);
    }

    public static uint BitwiseCrc(ReadOnlySpan<byte> bytes)
    {
        uint crc = ~0u;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }

    private byte[] Compress()
    {
        using var stream = new MemoryStream();
        using (var deflate = new ZLibStream(stream, CompressionLevel.Fastest, leaveOpen: true))
        {
            foreach (var (left, top, stepX, stepY) in Interlaced ? _adam7 : [(0, 0, 1, 1)])
            {
                int width = (Width - left + stepX - 1) / stepX;
                byte[] above = new byte[(width * Channels * Depth + 7) / 8];
                for (int y = top, row = 0; width > 0 && y < Height; y += stepY, row++)
                {
                    byte[] current = Pack(y, left, stepX, width);
                    deflate.Write(Filter(row % 5, current, above));
                    above = current;
                }
            }
        }

        return stream.ToArray();
    }

    private byte[] Pack(int y, int left, int step, int width)
    {
        byte[] row = new byte[(width * Channels * Depth + 7) / 8];
        for (int i = 0; i < width * Channels; i++)
        {
            int sample = Samples[(y * Width + left + i / Channels * step) * Channels + i % Channels];
            for (int bit = 0; bit < Depth; bit++)
            {
                int position = i * Depth + bit;
                row[position / 8] |= (byte)(((sample >> (Depth - 1 - bit)) & 1) << (7 - position % 8));
            }
        }

        return row;
    }

    private byte[] Filter(int filter, byte[] row, byte[] above)
    {
        int distance = Math.Max(1, Channels * Depth / 8);
        byte[] filtered = new byte[row.Length + 1];
        filtered[0] = (byte)filter;
        for (int i = 0; i < row.Length; i++)
        {
            int left = i >= distance ? row[i - distance] : 0, up = above[i], corner = i >= distance ? above[i - distance] : 0;
            int[] predictions = [0, left, up, (left + up) / 2, Paeth(left, up, corner)];
            filtered[i + 1] = (byte)(row[i] - predictions[filter]);
        }

        return filtered;
    }

    private static int Paeth(int left, int up, int corner) =>
        new[] { left, up, corner }.MinBy(candidate => Math.Abs(left + up - corner - candidate));
}
