using System.Buffers.Binary;
using System.Numerics;

namespace BrewClip.Core.Retrieval;

/// <summary>The CRC-32C checksum (Castagnoli, RFC 3720 appendix B.4), which processors compute themselves.</summary>
public readonly struct Crc32C
{
    private readonly uint _inverted;

    private Crc32C(uint inverted) => _inverted = inverted;

    /// <summary>The checksum of what was appended; of nothing, 0.</summary>
    public uint Value => _inverted;

    /// <summary>The checksum with more bytes at the end.</summary>
    public Crc32C Append(ReadOnlySpan<byte> bytes)
    {
        uint crc = ~_inverted;
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (byte b in bytes)
        {
            crc = BitOperations.Crc32C(crc, b);
        }

        return new Crc32C(~crc);
    }
}
