namespace BrewClip.Core.Text;

/// <summary>
/// Merges one piece in n·log n time, with a queue of candidate merges over a linked list of symbols: a "word" may be a million characters
/// long, where rescanning after every merge would take hours.
/// </summary>
internal static class LongPieceMerger
{
    /// <summary>Merges <paramref name="symbols"/> in place and returns how many ids are left at its start.</summary>
    public static int Merge(BytePairMergeTable table, Span<int> symbols)
    {
        int count = symbols.Length;
        var previous = new int[count];
        var next = new int[count];
        var queue = new PriorityQueue<(int Position, int Left, int Right, int Id), (int Rank, int Position)>();
        for (int i = 0; i < count; i++)
        {
            previous[i] = i - 1;
            next[i] = i + 1 < count ? i + 1 : -1;
            Offer(table, symbols, next, i, queue);
        }

        while (queue.TryDequeue(out var candidate, out _))
        {
            int left = candidate.Position, right = next[left];
            // An entry is stale when either side has merged with something else since.
            if (right < 0 || symbols[left] != candidate.Left || symbols[right] != candidate.Right)
            {
                continue;
            }

            symbols[left] = candidate.Id;
            symbols[right] = -1;
            next[left] = next[right];
            next[right] = -1;
            if (next[left] >= 0)
            {
                previous[next[left]] = left;
            }

            Offer(table, symbols, next, left, queue);
            if (previous[left] >= 0)
            {
                Offer(table, symbols, next, previous[left], queue);
            }
        }

        return Compact(symbols);
    }

    private static void Offer(
        BytePairMergeTable table, Span<int> symbols, int[] next, int position, PriorityQueue<(int, int, int, int), (int, int)> queue)
    {
        int right = next[position];
        if (right >= 0 && table.TryGet(symbols[position], symbols[right], out var merge))
        {
            queue.Enqueue((position, symbols[position], symbols[right], merge.Id), (merge.Rank, position));
        }
    }

    private static int Compact(Span<int> symbols)
    {
        int kept = 0;
        foreach (int id in symbols)
        {
            if (id >= 0)
            {
                symbols[kept++] = id;
            }
        }

        return kept;
    }
}
