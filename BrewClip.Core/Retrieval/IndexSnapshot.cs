namespace BrewClip.Core.Retrieval;

/// <summary>What an index held at one moment. Immutable: writers publish a new one, readers keep the one they began with.</summary>
/// <param name="Segments">The segments, in the order of their rows.</param>
/// <param name="Removed">For each segment, a bit for each removed row; null where none is.</param>
/// <param name="Rows">How many rows are filled, removed ones included.</param>
/// <param name="Live">How many rows are filled and not removed.</param>
internal sealed record IndexSnapshot(EmbeddingSegment[] Segments, ulong[]?[] Removed, int Rows, int Live)
{
    public static IndexSnapshot Empty { get; } = new([], [], 0, 0);

    /// <summary>The number of the segment that holds an index row.</summary>
    public int SegmentOf(int row)
    {
        int low = 0, high = Segments.Length - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            (low, high) = Segments[middle].FirstRow <= row ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    public bool IsRemoved(int row)
    {
        int segment = SegmentOf(row);
        return IsRemoved(Removed[segment], row - Segments[segment].FirstRow);
    }

    public static bool IsRemoved(ulong[]? removed, int row) => removed is not null && (removed[row >> 6] >> (row & 63) & 1) != 0;

    public IndexSnapshot WithSegment(EmbeddingSegment segment, int rows) =>
        new([.. Segments, segment], [.. Removed, null], Rows + rows, Live + rows);

    /// <summary>The same with a row removed.</summary>
    public IndexSnapshot WithoutRow(int row)
    {
        int segment = SegmentOf(row);
        int local = row - Segments[segment].FirstRow;
        ulong[]?[] removed = [.. Removed];
        ulong[] bits = removed[segment] is ulong[] before ? [.. before] : new ulong[(Segments[segment].Capacity + 63) / 64];
        bits[local >> 6] |= 1UL << (local & 63);
        removed[segment] = bits;
        return this with { Removed = removed, Live = Live - 1 };
    }

    /// <summary>The rows that are not removed, in order, as segments with rows of theirs.</summary>
    public IEnumerable<(EmbeddingSegment Segment, int Row)> LiveRows()
    {
        for (int i = 0; i < Segments.Length; i++)
        {
            EmbeddingSegment segment = Segments[i];
            int end = Math.Min(segment.Capacity, Rows - segment.FirstRow);
            for (int row = 0; row < end; row++)
            {
                if (!IsRemoved(Removed[i], row))
                {
                    yield return (segment, row);
                }
            }
        }
    }
}
