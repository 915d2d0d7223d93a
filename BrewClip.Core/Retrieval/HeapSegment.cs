using System.Runtime.InteropServices;

namespace BrewClip.Core.Retrieval;

/// <summary>Rows on the pinned heap, added one by one by the writer.</summary>
internal sealed unsafe class HeapSegment : EmbeddingSegment
{
    private const int CacheLine = 64;
    private readonly string[] _ids;
    private readonly string?[] _metadata;

    // The arrays keep alive what the pointers point to.
    private readonly byte[] _vectors;
    private readonly byte[] _scales;
    private readonly byte[] _rescoring;

    public HeapSegment(int firstRow, int capacity, int stride, EmbeddingStorage storage)
        : base(firstRow, capacity, stride, storage)
    {
        bool isInt8 = storage == EmbeddingStorage.Int8;
        _ids = new string[capacity];
        _metadata = new string?[capacity];
        _vectors = Allocate(capacity * RowBytes);
        _scales = Allocate(isInt8 ? (long)capacity * sizeof(float) : 0);
        _rescoring = Allocate(isInt8 ? (long)capacity * stride * sizeof(Half) : 0);
        Vectors = Aligned(_vectors);
        Scales = (float*)Aligned(_scales);
        Rescoring = (Half*)Aligned(_rescoring);
    }

    public override string IdAt(int row) => _ids[row];

    public override string? MetadataAt(int row) => _metadata[row];

    /// <summary>Fills a row that no snapshot covers yet.</summary>
    public void Write(int row, string id, string? metadata, ReadOnlySpan<float> normalized)
    {
        _ids[row] = id;
        _metadata[row] = metadata;
        EmbeddingEncoding.Encode(normalized, Storage, Vectors + row * RowBytes, Scales + row, Rescoring + (long)row * Stride);
    }

    /// <summary>Fills all rows from another segment of the same storage, from its row <paramref name="start"/> on.</summary>
    public void CopyFrom(EmbeddingSegment source, int start)
    {
        Buffer.MemoryCopy(source.Vectors + start * RowBytes, Vectors, Capacity * RowBytes, Capacity * RowBytes);
        if (Storage == EmbeddingStorage.Int8)
        {
            long scaleBytes = (long)Capacity * sizeof(float), rescoringBytes = (long)Capacity * Stride * sizeof(Half);
            Buffer.MemoryCopy(source.Scales + start, Scales, scaleBytes, scaleBytes);
            Buffer.MemoryCopy(source.Rescoring + (long)start * Stride, Rescoring, rescoringBytes, rescoringBytes);
        }

        for (int row = 0; row < Capacity; row++)
        {
            _ids[row] = source.IdAt(start + row);
            _metadata[row] = source.MetadataAt(start + row);
        }
    }

    private static byte[] Allocate(long bytes) =>
        bytes == 0 ? [] : GC.AllocateUninitializedArray<byte>(checked((int)bytes + CacheLine), pinned: true);

    private static byte* Aligned(byte[] pinned)
    {
        nint address = pinned.Length == 0 ? 0 : Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0);
        return (byte*)((address + CacheLine - 1) / CacheLine * CacheLine);
    }
}
