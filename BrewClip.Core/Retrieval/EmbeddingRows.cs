namespace BrewClip.Core.Retrieval;

/// <summary>
/// The rows of an index and who may change them: writers take turns, and publish each change as a new <see cref="IndexSnapshot"/>.
/// </summary>
internal sealed class EmbeddingRows
{
    private const int FirstCapacity = 256;
    private const long LargestSegmentBytes = 64 << 20;

    private readonly Lock _writing = new();
    private volatile IndexSnapshot _snapshot = IndexSnapshot.Empty;
    private Dictionary<string, int>? _rowsById;

    public EmbeddingRows(int dimensions, EmbeddingStorage storage)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimensions, EmbeddingIndex.MaxDimensions);
        _ = EmbeddingEncoding.ElementSize(storage);
        Dimensions = dimensions;
        Storage = storage;
        Stride = DotProducts.PaddedLength(dimensions);
    }

    /// <summary>Starts with a segment that is already full.</summary>
    public EmbeddingRows(int dimensions, EmbeddingSegment segment)
        : this(dimensions, segment.Storage)
    {
        if (segment.Capacity > 0)
        {
            _snapshot = IndexSnapshot.Empty.WithSegment(segment, segment.Capacity);
        }
    }

    /// <summary>Copies a segment's rows onto the heap.</summary>
    public static EmbeddingRows CopyOf(int dimensions, EmbeddingSegment source)
    {
        var rows = new EmbeddingRows(dimensions, source.Storage);
        int capacity = (int)Math.Clamp(LargestSegmentBytes / (rows.Stride * sizeof(float)), 1, int.MaxValue);
        for (int row = 0; row < source.Capacity; row += capacity)
        {
            int count = Math.Min(capacity, source.Capacity - row);
            var copy = new HeapSegment(row, count, rows.Stride, source.Storage);
            copy.CopyFrom(source, row);
            rows._snapshot = rows._snapshot.WithSegment(copy, count);
        }

        return rows;
    }

    public int Dimensions { get; }

    public EmbeddingStorage Storage { get; }

    /// <summary>The padded length of a row.</summary>
    public int Stride { get; }

    public IndexSnapshot Snapshot => _snapshot;

    /// <summary>Adds a row, in place of the one with the same id if <paramref name="replace"/> allows it.</summary>
    public void Write(string id, ReadOnlySpan<float> vector, string? metadata, bool replace)
    {
        if (vector.Length != Dimensions)
        {
            throw new ArgumentException(
                $"The vector of '{id}' has {vector.Length} dimensions where the index has {Dimensions}.", nameof(vector));
        }

        var normalized = new float[Stride];
        EmbeddingEncoding.Normalize(vector, normalized, $"The vector of '{id}'");
        lock (_writing)
        {
            bool exists = RowsById().TryGetValue(id, out int old);
            if (exists && !replace)
            {
                throw new ArgumentException($"'{id}' is already in the index: replace it, or remove it first.", nameof(id));
            }

            IndexSnapshot next = Append(id, metadata, normalized);
            _rowsById![id] = next.Rows - 1;
            _snapshot = exists ? next.WithoutRow(old) : next;
        }
    }

    public bool Remove(string id)
    {
        lock (_writing)
        {
            if (!RowsById().Remove(id, out int row))
            {
                return false;
            }

            _snapshot = _snapshot.WithoutRow(row);
            return true;
        }
    }

    /// <summary>The row of an id; −1 if there is none.</summary>
    public int Find(string id)
    {
        lock (_writing)
        {
            return RowsById().TryGetValue(id, out int row) ? row : -1;
        }
    }

    /// <summary>A row in the best precision there is, padding included.</summary>
    public float[] Read(IndexSnapshot snapshot, int row)
    {
        EmbeddingSegment segment = snapshot.Segments[snapshot.SegmentOf(row)];
        var values = new float[Stride];
        segment.Read(row - segment.FirstRow, values);
        return values;
    }

    private IndexSnapshot Append(string id, string? metadata, float[] normalized)
    {
        IndexSnapshot current = _snapshot;
        if (current.Segments is [.., HeapSegment last] && current.Rows < last.EndRow)
        {
            last.Write(current.Rows - last.FirstRow, id, metadata, normalized);
            return current with { Rows = current.Rows + 1, Live = current.Live + 1 };
        }

        var added = new HeapSegment(current.Rows, NextCapacity(current.Rows), Stride, Storage);
        added.Write(0, id, metadata, normalized);
        return current.WithSegment(added, 1);
    }

    /// <summary>Segments double the index, up to a size that is quick to allocate.</summary>
    private int NextCapacity(int rows)
    {
        long most = Math.Max(1, LargestSegmentBytes / (Stride * sizeof(float)));
        long room = (long)int.MaxValue - rows;
        return room > 0
            ? (int)Math.Min(Math.Min(Math.Max(FirstCapacity, rows), most), room)
            : throw new InvalidOperationException($"The index is full: it holds {rows} rows.");
    }

    /// <summary>Built when first needed: an index that is only searched never pays for it. Call within the lock.</summary>
    private Dictionary<string, int> RowsById()
    {
        if (_rowsById is null)
        {
            IndexSnapshot snapshot = _snapshot;
            var rows = new Dictionary<string, int>(snapshot.Live, StringComparer.Ordinal);
            foreach (var (segment, row) in snapshot.LiveRows())
            {
                rows[segment.IdAt(row)] = segment.FirstRow + row;
            }

            _rowsById = rows;
        }

        return _rowsById;
    }
}
