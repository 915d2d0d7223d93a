using BrewClip.Data.TextFiles;

namespace BrewClip.Data.LocalizedNarratives;

/// <summary>
/// The COCO part of Localized Narratives: long spoken descriptions, recorded as Ogg Vorbis. Reads the JSON-lines files
/// <c>coco_train_localized_narratives*.jsonl</c> and <c>coco_val_localized_narratives*.jsonl</c> from <c>coco_localnarr_audio/</c> or the
/// root, the recordings beside them, and <c>mscoco_img/{train2017,val2017}/</c>.
/// </summary>
/// <remarks>
/// An image may have several narratives: they share their <see cref="SpokenImageCaption.ImageId"/>. The data set has no third split; as in
/// the authors' code, test is the validation split again, so that a result chosen by one and reported on the other is optimistic.
/// </remarks>
public sealed class LocalizedNarrativesDataset : ISpeechDataset<LocalizedNarrative>
{
    private readonly string _narratives;
    private readonly string _images;
    private readonly LocalizedNarrativesOptions _options;

    /// <summary>Opens the folder; tables are read when records are asked for.</summary>
    /// <param name="root">The folder with the narratives, the recordings and <c>mscoco_img/</c>, absolute or relative.</param>
    /// <param name="options">What is read of each narrative; the defaults where null.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public LocalizedNarrativesDataset(string root, LocalizedNarrativesOptions? options = null)
    {
        Root = DatasetPath.RequireFolder(root, "Localized Narratives");
        _options = options ?? new LocalizedNarrativesOptions();
        string inner = Path.Combine(Root, "coco_localnarr_audio");
        _narratives = Directory.Exists(inner) ? inner : Root;
        _images = new[] { Path.Combine(Root, "mscoco_img"), Root }
            .FirstOrDefault(
                folder => Directory.Exists(Path.Combine(folder, "train2017")) || Directory.Exists(Path.Combine(folder, "val2017")))
            ?? Path.Combine(Root, "mscoco_img");
    }

    /// <inheritdoc/>
    public string Name => "ln-coco";

    /// <inheritdoc/>
    public string Root { get; }

    /// <inheritdoc/>
    public IReadOnlyList<DatasetSplit> Splits { get; } = [DatasetSplit.Train, DatasetSplit.Development];

    /// <summary>Records of a split, file by file in ordinal order; <see cref="DatasetSplit.Test"/> is the validation split.</summary>
    /// <inheritdoc/>
    public IEnumerable<LocalizedNarrative> Read(DatasetSplit? split = null, Action<DatasetProblem>? report = null)
    {
        var problems = new DatasetProblems(report);
        IEnumerable<string> files = split is null ? Splits.SelectMany(FilesOf) : FilesOf(split.Value);
        foreach (string path in files)
        {
            foreach (var (line, text) in TextLines.Read(path))
            {
                if (text.Length > 0 && Parse(path, line, text, problems) is { } record)
                {
                    yield return record;
                }
            }
        }
    }

    private LocalizedNarrative? Parse(string path, int line, string text, DatasetProblems problems)
    {
        try
        {
            var record = NarrativeRecord.Parse(text, _images, _narratives, _options.IncludeTraces);
            if (record.AudioPath is null)
            {
                problems.Mention(DatasetProblemKind.Missing, path, line, $"'{record.Id}' names no voice_recording.");
            }

            return record;
        }
        catch (Exception exception) when (JsonFields.IsFault(exception))
        {
            problems.Add(DatasetProblemKind.Malformed, path, line, exception.Message);
            return null;
        }
    }

    private string[] FilesOf(DatasetSplit split)
    {
        string pattern = $"coco_{(split == DatasetSplit.Train ? "train" : "val")}_localized_narratives*.jsonl";
        string[] files = [.. Directory.EnumerateFiles(_narratives, pattern).Order(StringComparer.Ordinal)];
        return files.Length > 0
            ? files
            : throw new FileNotFoundException($"'{_narratives}' holds no {pattern}.", Path.Combine(_narratives, pattern));
    }
}
