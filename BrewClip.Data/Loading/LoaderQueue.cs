using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace BrewClip.Data.Loading;

/// <summary>A bounded queue of batches being loaded, in their order, whatever the order in which they get ready.</summary>
internal sealed class LoaderQueue<TExample> : IDisposable
{
    private readonly BlockingCollection<Task<LoadedBatch<TExample>>> _queue;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _workers;
    private readonly Task _producer;
    private ExceptionDispatchInfo? _failure;
    private int _ready;
    private long _taken, _takenReady;

    public LoaderQueue(
        IEnumerable<PlannedBatch> planned, BatchLoaderOptions options, Func<PlannedBatch, CancellationToken, LoadedBatch<TExample>> load)
    {
        _queue = new BlockingCollection<Task<LoadedBatch<TExample>>>(options.QueueCapacity);
        _workers = new SemaphoreSlim(options.Workers);
        _producer = Task.Factory.StartNew(
            () => Produce(planned, load), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public int Ready => Volatile.Read(ref _ready);

    public double Occupancy => _taken == 0 ? 0 : (double)_takenReady / _taken;

    public LoadedBatch<TExample> Take(CancellationToken cancellation)
    {
        if (!_queue.TryTake(out var batch, Timeout.Infinite, cancellation))
        {
            // No batch comes any more: the producer ended before them.
            _failure!.Throw();
        }

        _taken++;
        _takenReady += batch.IsCompleted ? 1 : 0;
        try
        {
            batch.Wait(cancellation);
        }
        catch (AggregateException)
        {
            // GetResult below throws what happened, unwrapped.
        }

        Interlocked.Decrement(ref _ready);
        return batch.GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        _stop.Cancel();
        _producer.Wait();
        foreach (var batch in _queue)
        {
            Finish(batch);
        }

        _queue.Dispose();
        _workers.Dispose();
        _stop.Dispose();
    }

    private void Produce(IEnumerable<PlannedBatch> planned, Func<PlannedBatch, CancellationToken, LoadedBatch<TExample>> load)
    {
        Task<LoadedBatch<TExample>>? loading = null;
        try
        {
            foreach (var batch in planned)
            {
                _workers.Wait(_stop.Token);
                loading = Task.Run(() => LoadOne(batch, load));
                _queue.Add(loading, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed. The batch that found no place in the queue still uses what is about to be disposed.
            Finish(loading);
        }
        catch (Exception exception)
        {
            // Told once all that was loaded before has been taken, and again whenever it is asked for more.
            _failure = ExceptionDispatchInfo.Capture(exception);
        }
        finally
        {
            _queue.CompleteAdding();
        }
    }

    // Waits, and marks what happened as seen: nobody will ask for this batch.
    private static void Finish(Task? loading) => loading?.ContinueWith(
        done => done.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).Wait();

    private LoadedBatch<TExample> LoadOne(PlannedBatch batch, Func<PlannedBatch, CancellationToken, LoadedBatch<TExample>> load)
    {
        try
        {
            return load(batch, _stop.Token);
        }
        finally
        {
            Interlocked.Increment(ref _ready);
            _workers.Release();
        }
    }
}
