using System.Runtime.InteropServices;

namespace BrewClip.Core.Retrieval;

/// <summary>Scores every live row of a snapshot against a batch of queries, on all processors, and keeps the best of each query.</summary>
internal sealed unsafe class ExactScan
{
    /// <summary>Below so many multiplications a scan is over before a second thread has started.</summary>
    private const long WorthThreads = 1 << 20;

    /// <summary>
    /// Rows that are expanded and scored together: few enough for the first-level cache, or with many queries for the second.
    /// </summary>
    private const int FewRows = 8, ManyRows = 64;
    private const int ManyQueries = 4;

    private readonly IndexSnapshot _snapshot;
    private readonly int _stride;
    private readonly int _queryCount;
    private readonly int _top;
    private readonly int _blockRows;
    private readonly CancellationToken _cancellation;

    private ExactScan(IndexSnapshot snapshot, int stride, int queryCount, int top, CancellationToken cancellation)
    {
        _snapshot = snapshot;
        _stride = stride;
        _queryCount = queryCount;
        _top = top;
        _blockRows = queryCount < ManyQueries ? FewRows : ManyRows;
        _cancellation = cancellation;
    }

    /// <summary>Finds the best rows of each query.</summary>
    /// <param name="snapshot">What to search.</param>
    /// <param name="queries">[queryCount, stride] normalised, padded queries.</param>
    /// <param name="stride">The padded length of a row.</param>
    /// <param name="top">How many rows to keep for each query.</param>
    /// <param name="cancellation">Ends the scan early with an exception.</param>
    public static TopCandidates[] Run(IndexSnapshot snapshot, float[] queries, int stride, int top, CancellationToken cancellation)
    {
        int queryCount = queries.Length / stride;
        var scan = new ExactScan(snapshot, stride, queryCount, Math.Min(top, Math.Max(1, snapshot.Live)), cancellation);
        fixed (float* pointer = queries)
        {
            return scan.Run((nint)pointer);
        }
    }

    private TopCandidates[] Run(nint queries)
    {
        TopCandidates[] best = NewCandidates();
        long work = (long)_snapshot.Rows * _stride * _queryCount;
        int workers = work < WorthThreads ? 1 : Environment.ProcessorCount;
        if (workers == 1)
        {
            ScanRange(0, _snapshot.Rows, (float*)queries, best);
            return best;
        }

        // More ranges than threads, so that a thread that was held up does not hold up the others.
        int ranges = workers * 4;
        int length = (int)(((long)_snapshot.Rows + ranges - 1) / ranges);
        Parallel.For(0, workers, new ParallelOptions { CancellationToken = _cancellation }, NewWorker(queries, ranges, length, best));
        return best;
    }

    private Action<int> NewWorker(nint queries, int ranges, int length, TopCandidates[] best)
    {
        int next = -1;
        return _ =>
        {
            TopCandidates[] own = NewCandidates();
            for (int range = Interlocked.Increment(ref next); range < ranges; range = Interlocked.Increment(ref next))
            {
                int start = (int)Math.Min((long)range * length, _snapshot.Rows);
                ScanRange(start, (int)Math.Min((long)start + length, _snapshot.Rows), (float*)queries, own);
            }

            lock (best)
            {
                for (int query = 0; query < best.Length; query++)
                {
                    best[query].OfferAll(own[query]);
                }
            }
        };
    }

    private TopCandidates[] NewCandidates()
    {
        var candidates = new TopCandidates[_queryCount];
        for (int i = 0; i < candidates.Length; i++)
        {
            candidates[i] = new TopCandidates(_top);
        }

        return candidates;
    }

    private void ScanRange(int start, int end, float* queries, TopCandidates[] best)
    {
        if (start >= end)
        {
            return;
        }

        nuint floats = (nuint)_blockRows * (nuint)(_stride + _queryCount);
        float* expanded = (float*)NativeMemory.AlignedAlloc(floats * sizeof(float), 64);
        try
        {
            float* scores = expanded + (long)_blockRows * _stride;
            int firstSegment = _snapshot.SegmentOf(start), lastSegment = _snapshot.SegmentOf(end - 1);
            for (int i = firstSegment; i <= lastSegment; i++)
            {
                EmbeddingSegment segment = _snapshot.Segments[i];
                int from = Math.Max(start, segment.FirstRow), to = Math.Min(end, segment.EndRow);
                for (int row = from; row < to; row += _blockRows)
                {
                    _cancellation.ThrowIfCancellationRequested();
                    int count = Math.Min(_blockRows, to - row);
                    ScoreBlock(segment, row - segment.FirstRow, count, queries, expanded, scores);
                    Offer(segment, _snapshot.Removed[i], row - segment.FirstRow, count, scores, best);
                }
            }
        }
        finally
        {
            NativeMemory.AlignedFree(expanded);
        }
    }

    private void ScoreBlock(EmbeddingSegment segment, int row, int count, float* queries, float* expanded, float* scores)
    {
        byte* vectors = segment.Vectors + row * segment.RowBytes;
        if (segment.Storage == EmbeddingStorage.Float32)
        {
            DotProducts.Score((float*)vectors, count, queries, _queryCount, _stride, scores);
        }
        else if (_queryCount == 1 && count % EncodedDotProducts.RowTile == 0 && EncodedDotProducts.Fits(_stride))
        {
            ScoreEncoded(vectors, segment, count, queries, scores);
        }
        else
        {
            // With several queries, decoding once and reading the result again is cheaper than decoding for each.
            EmbeddingEncoding.Expand(vectors, segment.Storage, (long)count * _stride, expanded);
            DotProducts.Score(expanded, count, queries, _queryCount, _stride, scores);
        }

        if (segment.Scales is not null)
        {
            for (int i = 0; i < _queryCount * count; i++)
            {
                scores[i] *= segment.Scales[row + i % count];
            }
        }
    }

    private void ScoreEncoded(byte* vectors, EmbeddingSegment segment, int count, float* query, float* scores)
    {
        for (int i = 0; i < count; i += EncodedDotProducts.RowTile, vectors += EncodedDotProducts.RowTile * segment.RowBytes)
        {
            if (segment.Storage == EmbeddingStorage.Float16)
            {
                EncodedDotProducts.ScoreFloat16((short*)vectors, query, _stride, scores + i);
            }
            else
            {
                EncodedDotProducts.ScoreInt8((sbyte*)vectors, query, _stride, scores + i);
            }
        }
    }

    private void Offer(EmbeddingSegment segment, ulong[]? removed, int row, int count, float* scores, TopCandidates[] best)
    {
        for (int query = 0; query < _queryCount; query++, scores += count)
        {
            TopCandidates candidates = best[query];
            float threshold = candidates.Threshold;
            for (int i = 0; i < count; i++)
            {
                // Equal scores are offered too: another range's rows may have come before.
                if (scores[i] >= threshold && !IndexSnapshot.IsRemoved(removed, row + i))
                {
                    candidates.Offer(scores[i], segment.FirstRow + row + i);
                    threshold = candidates.Threshold;
                }
            }
        }
    }
}
