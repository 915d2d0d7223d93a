namespace BrewClip.Core.Retrieval;

/// <summary>
/// A run of an index's rows in one piece of memory that never moves: on the heap, where the writer fills it row by row, or mapped from a
/// file. Rows that a snapshot covers are never written again, so readers need no lock.
/// </summary>
internal abstract unsafe class EmbeddingSegment
{
    protected EmbeddingSegment(int firstRow, int capacity, int stride, EmbeddingStorage storage)
    {
        FirstRow = firstRow;
        Capacity = capacity;
        Stride = stride;
        Storage = storage;
    }

    /// <summary>The index row that this segment's row 0 is.</summary>
    public int FirstRow { get; }

    /// <summary>How many rows fit.</summary>
    public int Capacity { get; }

    /// <summary>Elements per row, padding included.</summary>
    public int Stride { get; }

    public EmbeddingStorage Storage { get; }

    /// <summary>[Capacity, Stride] in the form that is scanned.</summary>
    public byte* Vectors { get; protected init; }

    /// <summary>[Capacity] factors of int8 rows; null for other storage.</summary>
    public float* Scales { get; protected init; }

    /// <summary>[Capacity, Stride] for rescoring int8 candidates; null for other storage.</summary>
    public Half* Rescoring { get; protected init; }

    public int EndRow => FirstRow + Capacity;

    public long RowBytes => (long)Stride * EmbeddingEncoding.ElementSize(Storage);

    /// <summary>The id of this segment's row <paramref name="row"/>.</summary>
    public abstract string IdAt(int row);

    /// <summary>The metadata of this segment's row <paramref name="row"/>.</summary>
    public abstract string? MetadataAt(int row);

    /// <summary>Reads a row in the best precision there is, padding included.</summary>
    public void Read(int row, Span<float> destination)
    {
        fixed (float* values = destination)
        {
            if (Storage == EmbeddingStorage.Float32)
            {
                new ReadOnlySpan<float>(Vectors + row * RowBytes, Stride).CopyTo(destination);
            }
            else
            {
                byte* halves = Storage == EmbeddingStorage.Int8 ? (byte*)(Rescoring + (long)row * Stride) : Vectors + row * RowBytes;
                EmbeddingEncoding.Expand(halves, EmbeddingStorage.Float16, Stride, values);
            }
        }
    }
}
