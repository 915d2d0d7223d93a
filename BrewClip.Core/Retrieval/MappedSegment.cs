using System.Text;

namespace BrewClip.Core.Retrieval;

/// <summary>The rows of a mapped file. Valid while the file is mapped.</summary>
internal sealed unsafe class MappedSegment : EmbeddingSegment
{
    private readonly byte* _start;
    private readonly EmbeddingIndexHeader _header;

    public MappedSegment(byte* start, EmbeddingIndexHeader header)
        : base(0, (int)header.Count, header.Stride, header.Storage)
    {
        _start = start;
        _header = header;
        Vectors = start + header.VectorsOffset;
        if (header.Storage == EmbeddingStorage.Int8)
        {
            Scales = (float*)(start + header.ScalesOffset);
            Rescoring = (Half*)(start + header.RescoringOffset);
        }
    }

    public override string IdAt(int row) => Encoding.UTF8.GetString(Text(_header.IdTableOffset, _header.IdsOffset, row));

    public override string? MetadataAt(int row) => IndexText.DecodeMetadata(Text(_header.MetadataTableOffset, _header.MetadataOffset, row));

    private ReadOnlySpan<byte> Text(long tableOffset, long textOffset, int row)
    {
        long* table = (long*)(_start + tableOffset);
        return new ReadOnlySpan<byte>(_start + textOffset + table[row], (int)(table[row + 1] - table[row]));
    }
}
