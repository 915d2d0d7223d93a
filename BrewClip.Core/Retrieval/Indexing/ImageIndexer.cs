using System.Threading.Channels;

namespace BrewClip.Core.Retrieval.Indexing;

/// <summary>
/// Encodes the images of some folders into an index: only new and changed ones, images being decoded while others are encoded. A run that
/// is stopped, in whatever way, is taken up where it was; the result is that of a run in peace.
/// </summary>
/// <remarks>Can be used any number of times, for one folder one run at a time.</remarks>
public sealed class ImageIndexer
{
    private readonly ImageEncoder _encoder;
    private readonly ImageIndexerOptions _options;

    /// <param name="encoder">The model.</param>
    /// <param name="options">The defaults where null.</param>
    /// <exception cref="ArgumentException">The encoder's batch or dimensions are not positive.</exception>
    public ImageIndexer(ImageEncoder encoder, ImageIndexerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentOutOfRangeException.ThrowIfLessThan(encoder.BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(encoder.Dimensions, 1);
        (_encoder, _options) = (encoder, options ?? new ImageIndexerOptions());
    }

    /// <summary>Brings an index up to date. Images under the sources that are gone leave it; images from elsewhere stay.</summary>
    /// <param name="sources">Image files, and folders that are looked through at every depth.</param>
    /// <param name="folder">Where the index is or will be (<see cref="ImageIndexFolder"/>); made if it is not there.</param>
    /// <param name="progress">Told after every batch.</param>
    /// <param name="cancellationToken">Stops the run; what is encoded is kept for the next one.</param>
    /// <exception cref="FileNotFoundException">A source does not exist.</exception>
    /// <exception cref="InvalidDataException">There are no images, or the index is damaged and <see cref="ImageIndexerOptions.Rebuild"/> is
    /// not set.</exception>
    /// <exception cref="InvalidOperationException">The index was made by another model.</exception>
    /// <exception cref="IOException">Another run has the folder, or it cannot be written.</exception>
    public async Task<ImageIndexReport> IndexAsync(
        IReadOnlyList<string> sources,
        string folder,
        IProgress<ImageIndexProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var scan = ImageScan.Run(sources, cancellationToken);
        Directory.CreateDirectory(folder);
        using var held = IndexFolderLock.Acquire(folder);
        if (_options.Rebuild)
        {
            ImageIndexFolder.Clear(folder);
        }

        using var run = ImageIndexRun.Open(folder, scan, _encoder, _options, progress);
        await EncodeAsync(run, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return run.Finish();
    }

    private async Task EncodeAsync(ImageIndexRun run, CancellationToken cancellation)
    {
        // Readings stand in the queue in the order of the paths, whichever is done first: batches are the same in every run.
        var queue = Channel.CreateBounded<Task<ImageReading>>(
            new BoundedChannelOptions(2 * _encoder.BatchSize) { SingleReader = true, SingleWriter = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var feeding = FeedAsync(run, queue.Writer, stop.Token);
        try
        {
            await foreach (var reading in queue.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
            {
                run.Accept(await reading.ConfigureAwait(false), cancellation);
            }

            run.EncodeBatch(cancellation);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await feeding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task FeedAsync(ImageIndexRun run, ChannelWriter<Task<ImageReading>> queue, CancellationToken cancellation)
    {
        // No more large images are in memory at once than there are processors.
        var decoders = new SemaphoreSlim(Environment.ProcessorCount);
        foreach (string path in run.Pending)
        {
            await queue.WaitToWriteAsync(cancellation).ConfigureAwait(false);
            await decoders.WaitAsync(cancellation).ConfigureAwait(false);
            queue.TryWrite(Task.Run(() => Read(path), CancellationToken.None));
        }

        queue.Complete();

        ImageReading Read(string path)
        {
            try
            {
                return ImageReading.Run(path, run.Known(path), _encoder, _options.Decoding);
            }
            finally
            {
                decoders.Release();
            }
        }
    }
}
