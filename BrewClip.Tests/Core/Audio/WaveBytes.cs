using System.Buffers.Binary;
using System.Text;

namespace BrewClip.Tests.Core.Audio;

/// <summary>Builds WAV files chunk by chunk, right or wrong as a test needs them.</summary>
internal sealed class WaveBytes
{
    private readonly List<byte> _chunks = [];

    public string Form { get; init; } = "RIFF";

    public uint? RiffSize { get; init; }

    public static WaveBytes Mono16(params short[] samples) => new WaveBytes().Format(1, 1, 16000, 16).Data(Bytes(samples));

    public static byte[] Bytes(params short[] samples) => [.. samples.SelectMany(BitConverter.GetBytes)];

    public static byte[] Bytes(params float[] samples) => [.. samples.SelectMany(BitConverter.GetBytes)];

    public WaveBytes Format(ushort tag, ushort channels, uint rate, ushort bits) => Chunk("fmt ", FormatBytes(tag, channels, rate, bits));

    public WaveBytes ExtensibleFormat(ushort tag, ushort channels, uint rate, ushort bits)
    {
        byte[] guidTail = [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71];
        return Chunk(
            "fmt ",
            [.. FormatBytes(0xFFFE, channels, rate, bits), 22, 0, (byte)bits, 0, 4, 0, 0, 0, (byte)tag, (byte)(tag >> 8), .. guidTail]);
    }

    public WaveBytes Data(byte[] bytes, uint? claimedSize = null) => Chunk("data", bytes, claimedSize);

    public WaveBytes Chunk(string id, byte[] bytes, uint? claimedSize = null, bool isPadded = true)
    {
        _chunks.AddRange(Encoding.ASCII.GetBytes(id));
        _chunks.AddRange(BitConverter.GetBytes(claimedSize ?? (uint)bytes.Length));
        _chunks.AddRange(bytes);
        if (isPadded && bytes.Length % 2 == 1)
        {
            _chunks.Add(0);
        }

        return this;
    }

    public byte[] ToArray() =>
        [.. Encoding.ASCII.GetBytes(Form), .. BitConverter.GetBytes(RiffSize ?? (uint)(_chunks.Count + 4)), .. "WAVE"u8, .. _chunks];

    private static byte[] FormatBytes(ushort tag, ushort channels, uint rate, ushort bits)
    {
        var chunk = new byte[16];
        BinaryPrimitives.WriteUInt16LittleEndian(chunk, tag);
        BinaryPrimitives.WriteUInt16LittleEndian(chunk.AsSpan(2), channels);
        BinaryPrimitives.WriteUInt32LittleEndian(chunk.AsSpan(4), rate);
        BinaryPrimitives.WriteUInt32LittleEndian(chunk.AsSpan(8), rate * channels * bits / 8);
        BinaryPrimitives.WriteUInt16LittleEndian(chunk.AsSpan(12), (ushort)(channels * bits / 8));
        BinaryPrimitives.WriteUInt16LittleEndian(chunk.AsSpan(14), bits);
        return chunk;
    }
}
