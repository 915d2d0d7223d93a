using System.Buffers.Binary;

namespace BrewClip.Core.Retrieval;

/// <summary>The first 64 bytes of an index file, and the places of its sections that follow from them (docs/formats.md).</summary>
/// <param name="Storage">How vectors are kept.</param>
/// <param name="Dimensions">The length of a vector without padding.</param>
/// <param name="Count">How many items there are.</param>
/// <param name="ModelBytes">The length of the model's name.</param>
/// <param name="IdBytes">The length of all ids together.</param>
/// <param name="MetadataBytes">The length of all metadata together.</param>
internal readonly record struct EmbeddingIndexHeader(
    EmbeddingStorage Storage, int Dimensions, long Count, int ModelBytes, long IdBytes, long MetadataBytes)
{
    public const int Size = 64, ChecksumSize = sizeof(uint);
    private const uint Version = 1;

    public static ReadOnlySpan<byte> Magic => "BREWINDX"u8;

    public int Stride => DotProducts.PaddedLength(Dimensions);

    public long VectorBytes => Count * Stride * EmbeddingEncoding.ElementSize(Storage);

    public long ScaleBytes => Storage == EmbeddingStorage.Int8 ? Count * sizeof(float) : 0;

    public long RescoringBytes => Storage == EmbeddingStorage.Int8 ? Count * Stride * sizeof(ushort) : 0;

    public long ModelOffset => Size;

    public long IdTableOffset => Align(ModelOffset + ModelBytes);

    public long IdsOffset => IdTableOffset + (Count + 1) * sizeof(long);

    public long MetadataTableOffset => Align(IdsOffset + IdBytes);

    public long MetadataOffset => MetadataTableOffset + (Count + 1) * sizeof(long);

    public long VectorsOffset => Align(MetadataOffset + MetadataBytes);

    public long ScalesOffset => Align(VectorsOffset + VectorBytes);

    public long RescoringOffset => Align(ScalesOffset + ScaleBytes);

    public long ChecksumOffset => Align(RescoringOffset + RescoringBytes);

    public long FileLength => ChecksumOffset + ChecksumSize;

    /// <summary>The header's bytes, its own checksum included.</summary>
    public byte[] ToBytes()
    {
        byte[] bytes = new byte[Size];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), Version);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), (int)Storage);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), Dimensions);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(20), ModelBytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(24), Count);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(32), IdBytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(40), MetadataBytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(48), FileLength);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(60), new Crc32C().Append(bytes.AsSpan(0, 60)).Value);
        return bytes;
    }

    /// <summary>Reads a header and checks everything in it against the file's length before anything is done with it.</summary>
    /// <exception cref="InvalidDataException">It is no index's, is damaged, or is of a later version.</exception>
    public static EmbeddingIndexHeader Parse(ReadOnlySpan<byte> bytes, long fileLength, string path)
    {
        if (bytes.Length < Size || !bytes.StartsWith(Magic))
        {
            throw new InvalidDataException(
                $"'{path}' is not an embedding index: it has {fileLength} bytes and does not start with 'BREWINDX'.");
        }

        uint version = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        if (version != Version)
        {
            throw new InvalidDataException(
                $"'{path}' is an embedding index of version {version}: this library reads version {Version}. Build the index again.");
        }

        if (new Crc32C().Append(bytes[..60]).Value != BinaryPrimitives.ReadUInt32LittleEndian(bytes[60..]))
        {
            throw Damaged(path, "its header does not match its checksum");
        }

        var header = new EmbeddingIndexHeader(
            (EmbeddingStorage)BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[20..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[32..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[40..]));
        header.Validate(BinaryPrimitives.ReadInt64LittleEndian(bytes[48..]), fileLength, path);
        return header;
    }

    public static InvalidDataException Damaged(string path, string how) =>
        new($"'{path}' is a damaged embedding index: {how}. Build the index again.");

    private void Validate(long statedLength, long fileLength, string path)
    {
        if (statedLength != fileLength)
        {
            throw Damaged(path, $"it has {fileLength} bytes where its header says {statedLength}");
        }

        // Every part is bounded by the file's length first, so that the sums below cannot overflow.
        bool possible = Enum.IsDefined(Storage) && Dimensions is >= 1 and <= EmbeddingIndex.MaxDimensions
            && Count is >= 0 and <= int.MaxValue && ModelBytes >= 0 && ModelBytes <= fileLength
            && IdBytes >= 0 && IdBytes <= fileLength && MetadataBytes >= 0 && MetadataBytes <= fileLength;
        if (!possible)
        {
            throw Damaged(path, $"it says {Count} vectors of {Dimensions} dimensions in storage {(int)Storage}");
        }

        if (FileLength != fileLength)
        {
            throw Damaged(path, $"it has {fileLength} bytes where its header says {Count} vectors, which take {FileLength}");
        }
    }

    private static long Align(long offset) => (offset + Size - 1) / Size * Size;
}
