using System.Buffers.Binary;
using System.Text;

namespace BrewClip.Core.Images;

/// <summary>Walks the chunks of a PNG, checking the length of each.</summary>
internal ref struct PngChunks(ReadOnlySpan<byte> encoded, string name)
{
    private readonly ReadOnlySpan<byte> _encoded = encoded;
    private int _position = PngReader.Signature.Length;
    private uint _check;

    /// <summary>The four letters of the current chunk.</summary>
    public ReadOnlySpan<byte> Type { get; private set; }

    /// <summary>The content of the current chunk.</summary>
    public ReadOnlySpan<byte> Data { get; private set; }

    /// <summary>Moves to the next chunk.</summary>
    /// <exception cref="InvalidDataException">The file ends before IEND, or a chunk is longer than the file.</exception>
    public void MoveNext()
    {
        ReadOnlySpan<byte> rest = _encoded[_position..];
        if (rest.Length < 12)
        {
            throw new InvalidDataException(
                $"'{name}' is a PNG that ends after {_encoded.Length} bytes, before its IEND chunk: it is truncated.");
        }

        uint length = BinaryPrimitives.ReadUInt32BigEndian(rest);
        Type = rest.Slice(4, 4);
        if (length > rest.Length - 12)
        {
            throw new InvalidDataException(
                $"'{name}' is a PNG whose {TypeName} chunk says {length} bytes where {rest.Length - 12} are left: it is truncated or "
                + "corrupt.");
        }

        Data = rest.Slice(8, (int)length);
        _check = BinaryPrimitives.ReadUInt32BigEndian(rest[(8 + (int)length)..]);
        _position += 12 + (int)length;
    }

    /// <summary>Compares the current chunk with its check value.</summary>
    /// <exception cref="InvalidDataException">They differ.</exception>
    public readonly void RequireIntact()
    {
        if (_check != Crc32.Compute(Type, Data))
        {
            throw new InvalidDataException($"'{name}' is a PNG whose {TypeName} chunk does not match its check value: it is corrupt.");
        }
    }

    /// <summary>A capital first letter marks a chunk without which the image cannot be shown.</summary>
    public readonly bool IsCritical => (Type[0] & 0x20) == 0;

    public readonly string TypeName => Encoding.Latin1.GetString(Type);
}
