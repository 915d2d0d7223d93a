using BrewClip.Core.Checkpoints;

namespace BrewClip.Core.Retrieval.Indexing;

/// <summary>
/// One run of an <see cref="ImageIndexer"/>: the index in memory, its journal on the disk, and what has become of every image.
/// </summary>
/// <remarks>Not thread-safe but for <see cref="Known"/>.</remarks>
internal sealed class ImageIndexRun : IDisposable
{
    private readonly string _folder;
    private readonly ImageScan _scan;
    private readonly ImageEncoder _encoder;
    private readonly IProgress<ImageIndexProgress>? _progress;
    private readonly EmbeddingIndex _index;
    private readonly IndexJournal _journal;
    private readonly List<ImageReading> _batch = [];
    private readonly List<UnreadableImage> _unreadable;
    private readonly HashSet<string> _resumed = new(StringComparer.Ordinal);
    private int _encoded, _unchanged, _touched, _failed;
    private bool _changed;

    private ImageIndexRun(
        string folder, ImageScan scan, ImageEncoder encoder, IProgress<ImageIndexProgress>? progress, EmbeddingIndex index,
        IndexJournal journal)
    {
        (_folder, _scan, _encoder, _progress, _index, _journal) = (folder, scan, encoder, progress, index, journal);
        _unreadable = [.. scan.Unreadable];
    }

    /// <summary>Paths to read, in their order.</summary>
    public IReadOnlyList<string> Pending { get; private set; } = [];

    public static ImageIndexRun Open(
        string folder, ImageScan scan, ImageEncoder encoder, ImageIndexerOptions options, IProgress<ImageIndexProgress>? progress)
    {
        var index = ImageIndexFolder.OpenOrCreate(folder, encoder, options.Storage);
        IndexJournal? journal = null;
        try
        {
            journal = ImageIndexFolder.OpenJournal(folder, encoder);
            var run = new ImageIndexRun(folder, scan, encoder, progress, index, journal);
            run.Resume();
            run.Pending = [.. scan.Paths.Where(path => options.CompareContent || run.MayHaveChanged(path))];
            run._unchanged = scan.Paths.Except(run.Pending).Count(path => !run._resumed.Contains(path));
            run.Report();
            return run;
        }
        catch
        {
            journal?.Dispose();
            index.Dispose();
            throw;
        }
    }

    /// <summary>What the index knows of an image; null for a new one. Thread-safe.</summary>
    public ImageFacts? Known(string path) => ImageFacts.Parse(_index.FindMetadata(path));

    public void Accept(ImageReading reading, CancellationToken cancellation)
    {
        if (reading.Failure is not null)
        {
            Fail(reading.Path, reading.Failure);
        }
        else if (reading.Image is null)
        {
            Touch(reading.Path, reading.Facts!);
        }
        else
        {
            _batch.Add(reading);
        }

        if (_batch.Count == _encoder.BatchSize)
        {
            EncodeBatch(cancellation);
        }
    }

    public void EncodeBatch(CancellationToken cancellation)
    {
        if (_batch.Count > 0)
        {
            var vectors = _encoder.Encode([.. _batch.Select(reading => reading.Image!)], cancellation);
            if (vectors.Count != _batch.Count)
            {
                throw new InvalidOperationException($"The encoder gave {vectors.Count} vectors for {_batch.Count} images.");
            }

            var items = _batch.Zip(vectors, (reading, vector) => new JournalItem(reading.Path, reading.Facts!.ToString(), vector))
                .Where(Put).ToList();
            _batch.Clear();
            _journal.Append(items);
            _encoded += items.Count;
        }

        Report();
    }

    /// <summary>Takes out what is gone, writes the index, and ends the journal.</summary>
    public ImageIndexReport Finish()
    {
        int removed = 0;
        var unreadable = _unreadable.Select(image => image.Path).ToHashSet(StringComparer.Ordinal);
        foreach (string id in _index.Ids
            .Where(id => unreadable.Contains(id) || (_scan.Covers(id) && !_scan.Contains(id) && !File.Exists(id))))
        {
            _index.Remove(id);
            removed++;
        }

        string path = Path.Combine(_folder, ImageIndexFolder.IndexName);
        if (_changed || removed > 0 || !File.Exists(path))
        {
            _index.Save(path);
        }

        // Only now: a run that is stopped before this line finds everything in the journal or in the index.
        _journal.Dispose();
        File.Delete(Path.Combine(_folder, ImageIndexFolder.JournalName));
        return new ImageIndexReport
        {
            Count = _index.Count,
            Encoded = _encoded,
            Resumed = _resumed.Count,
            Unchanged = _unchanged + _touched,
            Removed = removed,
            Unreadable = [.. _unreadable.OrderBy(image => image.Path, StringComparer.Ordinal)],
        };
    }

    public void Dispose()
    {
        _journal.Dispose();
        _index.Dispose();
    }

    private void Resume()
    {
        foreach (var item in _journal.Replay())
        {
            // Where a run was stopped after it had written the index, everything is there already.
            if (_index.FindMetadata(item.Id) != item.Metadata && Put(item))
            {
                _resumed.Add(item.Id);
            }
        }
    }

    private bool MayHaveChanged(string path)
    {
        try
        {
            return Known(path) is not { } facts || !facts.SameTimeAndSize(RegularFile.Find(path));
        }
        catch (IOException)
        {
            // Reading it tells why.
            return true;
        }
    }

    private bool Put(JournalItem item)
    {
        try
        {
            _index.Replace(item.Id, item.Vector.Span, item.Metadata);
            _changed = true;
            return true;
        }
        catch (ArgumentException error)
        {
            Fail(item.Id, $"{error.Message} The model gives nothing usable for this image.");
            return false;
        }
    }

    private void Touch(string path, ImageFacts facts)
    {
        _touched++;
        if (Known(path) != facts)
        {
            _index.Replace(path, _index.FindVector(path)!, facts.ToString());
            _changed = true;
        }
    }

    private void Fail(string path, string reason)
    {
        _failed++;
        _unreadable.Add(new UnreadableImage(path, reason));
    }

    private void Report() => _progress?.Report(new ImageIndexProgress(_encoded + _failed + _touched, Pending.Count, _failed));
}
