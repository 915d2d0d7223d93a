namespace BrewClip.Data.Loading;

/// <summary>How batches are made of examples.</summary>
public sealed record BatchLoaderOptions
{
    /// <summary>Examples in a batch, at least 1. Default 32 (BrewCLIP, appendix A).</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>What the order follows from, together with the epoch. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>A new random order for every epoch; false keeps the source's. Default true.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>Leave out an epoch's last batch where it is short. Default true.</summary>
    public bool DropLast { get; init; } = true;

    /// <summary>No two examples of one group (clips of one image) in a batch. Default false.</summary>
    public bool DistinctGroups { get; init; }

    /// <summary>
    /// Batches of like lengths: so many batches' worth of examples are sorted by length before they are cut into batches, and the batches
    /// shuffled again. 0, the default, for none; not together with <see cref="DistinctGroups"/>.
    /// </summary>
    public int BucketBatches { get; init; }

    /// <summary>Batches that are loaded ahead, at least 1. Default 4.</summary>
    public int QueueCapacity { get; init; } = 4;

    /// <summary>Batches that are loaded at the same time, at least 1. Default 1.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>Checks the numbers.</summary>
    /// <exception cref="ArgumentException">One is out of its range, or two contradict each other.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(QueueCapacity, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Workers, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(BucketBatches);
        if (BucketBatches > 0 && DistinctGroups)
        {
            throw new ArgumentException("Batches of like lengths and batches of distinct groups cannot be had together: choose one.");
        }
    }
}
