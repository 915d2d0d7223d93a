using BrewClip.Core.Audio;
using BrewClip.Core.Checkpoints;
using BrewClip.Core.Images;

namespace BrewClip.Data;

/// <summary>Finds everything that is wrong with a data set on this disk.</summary>
public static class DatasetChecks
{
    private const int ImageHeaderBytes = 1 << 18;
    private const int AudioBlock = 1 << 16;

    /// <summary>
    /// Lists, lazily and without stopping at the first, what is missing, unreadable, malformed, doubled, empty, or in two splits at once.
    /// </summary>
    /// <param name="dataset">What to check.</param>
    /// <param name="options">By default presence of every file, all splits.</param>
    /// <param name="progress">Told after each record how many have been checked.</param>
    /// <param name="cancellationToken">Stops between records.</param>
    public static IEnumerable<DatasetProblem> Check(
        this ISpeechDataset<Utterance> dataset,
        DatasetCheckOptions? options = null,
        IProgress<int>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return Run(dataset, options ?? new DatasetCheckOptions(), progress, cancellationToken);
    }

    private static IEnumerable<DatasetProblem> Run(
        ISpeechDataset<Utterance> dataset, DatasetCheckOptions options, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        // Splits share tables, so that a faulty row would otherwise be listed once for each.
        var listed = new HashSet<DatasetProblem>();
        var seen = new Seen(options.Media);
        int count = 0;
        foreach (var split in options.Splits ?? dataset.Splits)
        {
            foreach (var (record, problems) in Guarded(dataset, split))
            {
                cancellationToken.ThrowIfCancellationRequested();
                IEnumerable<DatasetProblem> found = record is null ? problems : problems.Concat(seen.Check(record, split, dataset.Root));
                foreach (var problem in found.Where(listed.Add))
                {
                    yield return problem;
                }

                if (record is not null)
                {
                    progress?.Report(++count);
                }
            }
        }
    }

    /// <summary>The records of a split, each with the faults met on the way to it; a fault that ends the reading comes last, without a
    /// record.</summary>
    private static IEnumerable<(Utterance? Record, List<DatasetProblem> Problems)> Guarded(
        ISpeechDataset<Utterance> dataset, DatasetSplit split)
    {
        var problems = new List<DatasetProblem>();
        using var records = dataset.Read(split, problem => problems.Add(problem)).GetEnumerator();
        while (true)
        {
            bool more = false;
            try
            {
                more = records.MoveNext();
            }
            catch (FileNotFoundException exception)
            {
                problems.Add(new DatasetProblem(DatasetProblemKind.Missing, exception.Message, exception.FileName ?? dataset.Root));
            }
            catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
            {
                problems.Add(new DatasetProblem(DatasetProblemKind.Unreadable, exception.Message, dataset.Root));
            }

            yield return (more ? records.Current : null, problems);
            if (!more)
            {
                yield break;
            }

            problems = [];
        }
    }

    /// <summary>What has been seen so far, so that doubles are found and a picture with five captions is looked at once.</summary>
    private sealed class Seen(MediaCheck depth)
    {
        private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
        private readonly Dictionary<string, DatasetSplit> _images = new(StringComparer.Ordinal);
        private readonly HashSet<string> _files = new(StringComparer.Ordinal);

        public IEnumerable<DatasetProblem> Check(Utterance record, DatasetSplit split, string root)
        {
            if (!_ids.Add(record.Id))
            {
                yield return new DatasetProblem(DatasetProblemKind.Duplicate, $"'{root}': the utterance '{record.Id}' occurs twice.", root);
            }

            if (record is SpokenImageCaption caption)
            {
                if (!_images.TryAdd(caption.ImageId, split) && _images[caption.ImageId] != split)
                {
                    yield return new DatasetProblem(
                        DatasetProblemKind.SplitOverlap,
                        $"'{root}': the image '{caption.ImageId}' is both in {_images[caption.ImageId].ToName()} and in {split.ToName()}.",
                        caption.ImagePath);
                }

                if (_files.Add(caption.ImagePath) && Fault(caption.ImagePath, CheckImage) is { } fault)
                {
                    yield return fault;
                }
            }

            if (record.AudioPath is { } audio && _files.Add(audio) && Fault(audio, CheckAudio) is { } silence)
            {
                yield return silence;
            }

            if (record.Caption is not null && string.IsNullOrWhiteSpace(record.Caption))
            {
                yield return new DatasetProblem(DatasetProblemKind.EmptyText, $"'{root}': the caption of '{record.Id}' is empty.", root);
            }
        }

        private DatasetProblem? Fault(string path, Action<string> read)
        {
            try
            {
                RegularFile.Require(path);
                if (depth != MediaCheck.Presence)
                {
                    read(path);
                }

                return null;
            }
            catch (FileNotFoundException)
            {
                return new DatasetProblem(DatasetProblemKind.Missing, $"'{path}' is not there.", path);
            }
            catch (Exception exception) when (
                exception is IOException or InvalidDataException or UnauthorizedAccessException or NotSupportedException)
            {
                return new DatasetProblem(DatasetProblemKind.Unreadable, $"'{path}' cannot be read: {exception.Message}", path);
            }
        }

        private void CheckImage(string path)
        {
            if (depth == MediaCheck.Decode)
            {
                RgbImage.Load(path);
                return;
            }

            using var stream = File.OpenRead(path);
            byte[] start = new byte[Math.Min(stream.Length, ImageHeaderBytes)];
            stream.ReadExactly(start);
            ImageHeader.Read(start, path);
        }

        private void CheckAudio(string path)
        {
            using var reader = AudioReader.Open(path);
            float[] block = new float[depth == MediaCheck.Decode ? AudioBlock : 1];
            while (reader.Read(block) > 0 && depth == MediaCheck.Decode)
            {
                // Only whether it can be read to its end matters.
            }
        }
    }
}
