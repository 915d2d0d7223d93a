namespace BrewClip.Data.Loading;

/// <summary>Which examples make which batch of an epoch: a function of the options and the epoch alone.</summary>
public static class EpochPlan
{
    /// <summary>The batches of an epoch, each a list of indices into the source.</summary>
    /// <param name="source">Only its count, groups and lengths are asked for.</param>
    /// <param name="options">How batches are made.</param>
    /// <param name="epoch">From 0.</param>
    /// <exception cref="InvalidDataException">There are too few examples for one batch.</exception>
    public static IReadOnlyList<int[]> Create<TExample>(IExampleSource<TExample> source, BatchLoaderOptions options, int epoch)
    {
        options.Validate();
        var random = DeterministicRandom.For(options.Seed, "epoch", epoch.ToString(System.Globalization.CultureInfo.InvariantCulture));
        int[] order = [.. Enumerable.Range(0, source.Count)];
        if (options.Shuffle)
        {
            random.Shuffle(order.AsSpan());
        }

        var batches = options.DistinctGroups
            ? Distinct(source, order, options.BatchSize)
            : options.BucketBatches > 0 ? Bucketed(source, order, options, random) : Cut(order, options.BatchSize);
        if (options.DropLast)
        {
            batches.RemoveAll(batch => batch.Length < options.BatchSize);
        }

        return batches.Count > 0
            ? batches
            : throw new InvalidDataException(source.Count == 0
                ? "There is no example to make a batch of: the data hold no record with all that this model reads (a recording, a text)."
                : $"{source.Count} examples make no batch of {options.BatchSize}: ask for smaller batches, or keep the last one.");
    }

    private static List<int[]> Cut(int[] order, int size) => [.. order.Chunk(size)];

    private static List<int[]> Bucketed<TExample>(
        IExampleSource<TExample> source, int[] order, BatchLoaderOptions options, DeterministicRandom random)
    {
        var batches = new List<int[]>();
        foreach (int[] bucket in order.Chunk((int)Math.Min((long)options.BatchSize * options.BucketBatches, int.MaxValue)))
        {
            batches.AddRange(bucket.OrderBy(source.LengthOf).ToArray().Chunk(options.BatchSize));
        }

        if (options.Shuffle)
        {
            int[][] shuffled = [.. batches];
            random.Shuffle(shuffled.AsSpan());
            batches = [.. shuffled];
        }

        return batches;
    }

    // Every batch takes first those that an earlier batch had to leave, in their order, and then goes on in the epoch's order.
    private static List<int[]> Distinct<TExample>(IExampleSource<TExample> source, int[] order, int size)
    {
        var batches = new List<int[]>();
        var waiting = new LinkedList<int>();
        int next = 0;
        while (next < order.Length || waiting.Count > 0)
        {
            var batch = new List<int>(Math.Min(size, order.Length));
            var groups = new HashSet<string>(StringComparer.Ordinal);
            for (var node = waiting.First; node is not null && batch.Count < size;)
            {
                var following = node.Next;
                if (groups.Add(source.GroupOf(node.Value)))
                {
                    batch.Add(node.Value);
                    waiting.Remove(node);
                }

                node = following;
            }

            for (; next < order.Length && batch.Count < size; next++)
            {
                if (groups.Add(source.GroupOf(order[next])))
                {
                    batch.Add(order[next]);
                }
                else
                {
                    waiting.AddLast(order[next]);
                }
            }

            batches.Add([.. batch]);
        }

        return batches;
    }
}
