using System.Buffers.Binary;
using System.Text;
using BrewClip.Core.Checkpoints;

namespace BrewClip.Core.Retrieval;

/// <summary>Writes the file format of docs/formats.md, one section after the other.</summary>
internal sealed unsafe class EmbeddingIndexWriter
{
    private readonly Stream _stream;
    private readonly (EmbeddingSegment Segment, int Row)[] _rows;
    private readonly EmbeddingIndexHeader _header;
    private Crc32C _checksum;
    private long _position;

    private EmbeddingIndexWriter(Stream stream, (EmbeddingSegment, int)[] rows, EmbeddingIndexHeader header)
    {
        _stream = stream;
        _rows = rows;
        _header = header;
    }

    public static void Write(string path, IndexSnapshot snapshot, int dimensions, EmbeddingStorage storage, string? model)
    {
        (EmbeddingSegment Segment, int Row)[] rows = [.. snapshot.LiveRows()];
        byte[] modelName = Encoding.UTF8.GetBytes(model ?? "");
        long idBytes = rows.Sum(static at => (long)Encoding.UTF8.GetByteCount(at.Segment.IdAt(at.Row)));
        long metadataBytes = rows.Sum(static at => (long)IndexText.MetadataLength(at.Segment.MetadataAt(at.Row)));
        var header = new EmbeddingIndexHeader(storage, dimensions, rows.Length, modelName.Length, idBytes, metadataBytes);
        AtomicFile.Write(path, stream => new EmbeddingIndexWriter(stream, rows, header).Write(modelName));
    }

    private void Write(byte[] modelName)
    {
        Append(_header.ToBytes());
        Append(modelName);
        WriteTexts(_header.IdTableOffset, static (segment, row) => Encoding.UTF8.GetBytes(segment.IdAt(row)));
        WriteTexts(_header.MetadataTableOffset, static (segment, row) => IndexText.EncodeMetadata(segment.MetadataAt(row)));
        PadTo(_header.VectorsOffset);
        foreach (var (segment, row) in _rows)
        {
            Append(new ReadOnlySpan<byte>(segment.Vectors + row * segment.RowBytes, (int)segment.RowBytes));
        }

        if (_header.Storage == EmbeddingStorage.Int8)
        {
            WriteRescoring();
        }

        PadTo(_header.ChecksumOffset);
        byte[] checksum = new byte[EmbeddingIndexHeader.ChecksumSize];
        BinaryPrimitives.WriteUInt32LittleEndian(checksum, _checksum.Value);
        _stream.Write(checksum);
    }

    private void WriteRescoring()
    {
        PadTo(_header.ScalesOffset);
        foreach (var (segment, row) in _rows)
        {
            Append(new ReadOnlySpan<byte>(segment.Scales + row, sizeof(float)));
        }

        PadTo(_header.RescoringOffset);
        foreach (var (segment, row) in _rows)
        {
            Append(new ReadOnlySpan<byte>(segment.Rescoring + (long)row * segment.Stride, segment.Stride * sizeof(Half)));
        }
    }

    private void WriteTexts(long tableOffset, Func<EmbeddingSegment, int, byte[]> encode)
    {
        PadTo(tableOffset);
        Span<byte> number = stackalloc byte[sizeof(long)];
        long end = 0;
        Append(number);
        foreach (var (segment, row) in _rows)
        {
            end += encode(segment, row).Length;
            BinaryPrimitives.WriteInt64LittleEndian(number, end);
            Append(number);
        }

        foreach (var (segment, row) in _rows)
        {
            Append(encode(segment, row));
        }
    }

    private void PadTo(long offset) => Append(new byte[offset - _position]);

    private void Append(ReadOnlySpan<byte> bytes)
    {
        _stream.Write(bytes);
        _checksum = _checksum.Append(bytes);
        _position += bytes.Length;
    }
}
