using System.Buffers;
using System.Collections.Concurrent;
using System.Numerics.Tensors;
using BrewClip.Core.Text;

namespace BrewClip.Core.Dependencies;

/// <summary>
/// Byte-pair merging by rank: a scan for short pieces, a queue for long ones, and a bounded cache of pieces seen. Thread-safe.
/// </summary>
internal sealed class BytePairEncoder : IBytePairEncoder
{
    // The distinct words of a large caption set fit; past it, pieces are merged again rather than kept.
    private const int CacheCapacity = 65536;
    private const int LongestCachedPiece = 32;
    private const int LongestScannedPiece = 64;

    private readonly BytePairMergeTable _table;
    private readonly ConcurrentDictionary<string, int[]> _cache = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private int _cached;

    public BytePairEncoder(BytePairVocabulary vocabulary)
    {
        Vocabulary = vocabulary;
        _table = vocabulary.MergeTable;
        _lookup = _cache.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public BytePairVocabulary Vocabulary { get; }

    public void Encode(ReadOnlySpan<char> piece, List<int> ids)
    {
        if (_lookup.TryGetValue(piece, out int[]? known))
        {
            ids.AddRange(known);
            return;
        }

        int[]? rented = piece.Length > LongestScannedPiece ? ArrayPool<int>.Shared.Rent(piece.Length) : null;
        Span<int> symbols = rented is null ? stackalloc int[LongestScannedPiece] : rented;
        symbols = symbols[..piece.Length];
        _table.Symbols(piece, symbols);
        int count = rented is null ? MergeByScanning(symbols) : LongPieceMerger.Merge(_table, symbols);
        ids.AddRange(symbols[..count]);
        if (rented is not null)
        {
            ArrayPool<int>.Shared.Return(rented);
        }
        else if (piece.Length is > 0 and <= LongestCachedPiece && Volatile.Read(ref _cached) < CacheCapacity)
        {
            // The count is kept apart because ConcurrentDictionary.Count locks every bucket.
            if (_lookup.TryAdd(piece, symbols[..count].ToArray()))
            {
                Interlocked.Increment(ref _cached);
            }
        }
    }

    private int MergeByScanning(Span<int> symbols)
    {
        Span<int> ranks = stackalloc int[LongestScannedPiece];
        int count = symbols.Length;
        for (int i = 0; i + 1 < count; i++)
        {
            ranks[i] = RankAt(symbols, i, count);
        }

        while (count > 1)
        {
            int best = TensorPrimitives.IndexOfMin<int>(ranks[..(count - 1)]);
            if (ranks[best] == int.MaxValue)
            {
                break;
            }

            _table.TryGet(symbols[best], symbols[best + 1], out var merge);
            symbols[best] = merge.Id;
            symbols[(best + 2)..count].CopyTo(symbols[(best + 1)..]);
            ranks[(best + 1)..(count - 1)].CopyTo(ranks[best..]);
            count--;
            ranks[best] = RankAt(symbols, best, count);
            if (best > 0)
            {
                ranks[best - 1] = RankAt(symbols, best - 1, count);
            }
        }

        return count;
    }

    private int RankAt(ReadOnlySpan<int> symbols, int position, int count) =>
        position + 1 < count && _table.TryGet(symbols[position], symbols[position + 1], out var merge) ? merge.Rank : int.MaxValue;
}
