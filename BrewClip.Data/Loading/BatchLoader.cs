using System.Collections.Concurrent;

namespace BrewClip.Data.Loading;

/// <summary>
/// Endless batches over the epochs of a source, loaded ahead by other threads into a bounded queue, in an order that follows from the seed
/// alone. Examples that cannot be loaded are left out, counted and named.
/// </summary>
/// <remarks>One thread takes batches; the counters may be read from any. Whoever makes it disposes it.</remarks>
public sealed class BatchLoader<TExample> : IDisposable
{
    private readonly IExampleSource<TExample> _source;
    private readonly BatchLoaderOptions _options;
    private readonly ConcurrentDictionary<string, string> _skipped = new(StringComparer.Ordinal);
    private LoaderQueue<TExample>? _queue;
    private long _skippedCount;
    private bool _disposed;

    /// <summary>Makes a loader that stands at the beginning; nothing is loaded until the first batch is asked for.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="InvalidDataException">There are too few examples for one batch.</exception>
    public BatchLoader(IExampleSource<TExample> source, BatchLoaderOptions options)
    {
        _source = source;
        _options = options;
        BatchesPerEpoch = EpochPlan.Create(source, options, 0).Count;
    }

    /// <summary>Batches of the first epoch; with distinct groups other epochs may differ by a few.</summary>
    public int BatchesPerEpoch { get; }

    /// <summary>The position of the next batch.</summary>
    public LoaderPosition Position { get; private set; }

    /// <summary>Batches that are ready in the queue.</summary>
    public int Ready => _queue?.Ready ?? 0;

    /// <summary>
    /// The share of batches that were ready when they were asked for, 0 to 1: near 0 means that loading holds training up.
    /// </summary>
    public double Occupancy => _queue?.Occupancy ?? 0;

    /// <summary>How often an example was left out, once for every epoch that met it.</summary>
    public long SkippedCount => Interlocked.Read(ref _skippedCount);

    /// <summary>The examples that were left out, each once, ordered by name.</summary>
    public IReadOnlyList<SkippedExample> Skipped =>
        [.. _skipped.OrderBy(item => item.Key, StringComparer.Ordinal).Select(item => new SkippedExample(item.Key, item.Value))];

    /// <summary>Goes to a position, such as a checkpoint's; what was loaded ahead is thrown away.</summary>
    public void Seek(LoaderPosition position)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position.Epoch, nameof(position));
        ArgumentOutOfRangeException.ThrowIfNegative(position.Batch, nameof(position));
        _queue?.Dispose();
        _queue = null;
        Position = position;
    }

    /// <summary>The next batch; waits for it where it is not ready.</summary>
    /// <exception cref="InvalidDataException">Not one example of a whole epoch could be loaded.</exception>
    /// <exception cref="OperationCanceledException">Cancelled while waiting; the position stays.</exception>
    /// <exception cref="ObjectDisposedException">The loader was disposed.</exception>
    public LoadedBatch<TExample> Next(CancellationToken cancellation = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _queue ??= new LoaderQueue<TExample>(Positions(Position), _options, Load);
        int empty = 0;
        while (true)
        {
            var batch = Take(cancellation);
            Position = batch.Next;
            if (batch.Examples.Count > 0)
            {
                return batch;
            }

            if (++empty >= BatchesPerEpoch)
            {
                var first = Skipped[0];
                throw new InvalidDataException(
                    $"Not one of {_source.Count} examples could be loaded; '{first.Name}', for one: {first.Reason}");
            }
        }
    }

    /// <summary>Stops loading ahead.</summary>
    public void Dispose()
    {
        _disposed = true;
        _queue?.Dispose();
        _queue = null;
    }

    private LoadedBatch<TExample> Take(CancellationToken cancellation)
    {
        try
        {
            return _queue!.Take(cancellation);
        }
        catch (OperationCanceledException)
        {
            // The batch has left the queue: the next call loads it again.
            Seek(Position);
            throw;
        }
    }

    private IEnumerable<PlannedBatch> Positions(LoaderPosition start)
    {
        for (int epoch = start.Epoch; ; epoch++)
        {
            var plan = EpochPlan.Create(_source, _options, epoch);
            for (int batch = epoch == start.Epoch ? start.Batch : 0; batch < plan.Count; batch++)
            {
                var next = batch + 1 < plan.Count ? new LoaderPosition(epoch, batch + 1) : new LoaderPosition(epoch + 1, 0);
                yield return new PlannedBatch(plan[batch], new LoaderPosition(epoch, batch), next);
            }
        }
    }

    private LoadedBatch<TExample> Load(PlannedBatch planned, CancellationToken cancellation)
    {
        var examples = new List<TExample>(planned.Indices.Length);
        foreach (int index in planned.Indices)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                var random = DeterministicRandom.For(_options.Seed, "example", $"{planned.Position.Epoch}", $"{index}");
                examples.Add(_source.Load(index, random));
            }
            catch (Exception exception) when (
                exception is InvalidDataException or IOException or UnauthorizedAccessException or NotSupportedException)
            {
                Interlocked.Increment(ref _skippedCount);
                _skipped.TryAdd(_source.NameOf(index), exception.Message);
            }
        }

        return new LoadedBatch<TExample>(examples, planned.Position, planned.Next);
    }
}

/// <summary>A batch before it is loaded.</summary>
internal sealed record PlannedBatch(int[] Indices, LoaderPosition Position, LoaderPosition Next);
