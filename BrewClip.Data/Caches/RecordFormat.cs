using System.Buffers.Binary;
using System.Text;
using BrewClip.Core.Retrieval;

namespace BrewClip.Data.Caches;

/// <summary>
/// The bytes of a <see cref="RecordFile"/>, little-endian. Header: "BREWCACH", version, length of the identity, identity, checksum.
/// Record: mark, length of the key, length of the content, checksum of these, key, content, checksum of key and content.
/// </summary>
internal static class RecordFormat
{
    private const uint Mark = 0x44524352;
    private const int Version = 1, FrameLength = 16, ChecksumLength = 4, LargestKey = 1 << 12;

    private static ReadOnlySpan<byte> Magic => "BREWCACH"u8;

    public static int HeaderLength(string identity) => Magic.Length + 8 + Encoding.UTF8.GetByteCount(identity) + ChecksumLength;

    public static byte[] Header(string identity)
    {
        byte[] text = Encoding.UTF8.GetBytes(identity);
        var header = new byte[HeaderLength(identity)];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), Version);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(12), text.Length);
        text.CopyTo(header, 16);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(header.Length - ChecksumLength), Checksum(header.AsSpan(..^ChecksumLength)));
        return header;
    }

    /// <summary>Where the first record begins.</summary>
    /// <exception cref="InvalidDataException">The file is no cache, or of another identity.</exception>
    public static long CheckHeader(ReadOnlySpan<byte> file, string identity, string path)
    {
        byte[] expected = Header(identity);
        if (file.Length < Magic.Length || !file[..Magic.Length].SequenceEqual(Magic))
        {
            throw new InvalidDataException($"'{path}' is no cache: remove it, or use another folder.");
        }

        return file.StartsWith(expected)
            ? expected.Length
            : throw new InvalidDataException($"'{path}' is the cache of another model or version, or its header is damaged: remove it.");
    }

    public static byte[] Record(ReadOnlySpan<byte> key, ReadOnlySpan<byte> content)
    {
        if (key.Length is 0 or > LargestKey)
        {
            throw new ArgumentException($"A key of {key.Length} bytes: 1 to {LargestKey} are possible.", nameof(key));
        }

        var record = new byte[checked(FrameLength + key.Length + content.Length + ChecksumLength)];
        BinaryPrimitives.WriteUInt32LittleEndian(record, Mark);
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(4), key.Length);
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(8), content.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(12), Checksum(record.AsSpan(0, 12)));
        key.CopyTo(record.AsSpan(FrameLength));
        content.CopyTo(record.AsSpan(FrameLength + key.Length));
        BinaryPrimitives.WriteUInt32LittleEndian(
            record.AsSpan(record.Length - ChecksumLength), Checksum(record.AsSpan(FrameLength..^ChecksumLength)));
        return record;
    }

    /// <summary>Reads a record's key and length at a place; false where no whole record begins there.</summary>
    public static bool TryReadFrame(RecordMapping file, long start, out string key, out long length)
    {
        (key, length) = ("", 0);
        if (start + FrameLength > file.Length)
        {
            return false;
        }

        var frame = file.Bytes(start, FrameLength);
        int keyLength = BinaryPrimitives.ReadInt32LittleEndian(frame[4..]), contentLength = BinaryPrimitives.ReadInt32LittleEndian(
            frame[8..]);
        if (BinaryPrimitives.ReadUInt32LittleEndian(frame) != Mark
            || BinaryPrimitives.ReadUInt32LittleEndian(frame[12..]) != Checksum(frame[..12])
            || keyLength is < 1 or > LargestKey || contentLength < 0)
        {
            return false;
        }

        length = (long)FrameLength + keyLength + contentLength + ChecksumLength;
        if (start + length > file.Length)
        {
            return false;
        }

        key = Encoding.UTF8.GetString(file.Bytes(start + FrameLength, keyLength));
        return true;
    }

    public static bool IsIntact(ReadOnlySpan<byte> record) =>
        BinaryPrimitives.ReadUInt32LittleEndian(record[^ChecksumLength..]) == Checksum(record[FrameLength..^ChecksumLength]);

    public static ReadOnlySpan<byte> Content(ReadOnlySpan<byte> record)
    {
        int keyLength = BinaryPrimitives.ReadInt32LittleEndian(record[4..]);
        return record[(FrameLength + keyLength)..^ChecksumLength];
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes) => default(Crc32C).Append(bytes).Value;
}
