using BrewClip.Data.TextFiles;

namespace BrewClip.Data.Flickr8k;

/// <summary>
/// Flickr8k with its audio captions (FACC): 8 000 images in splits of 6 000, 1 000 and 1 000, five captions each, 40 000 recordings of
/// 16 kHz. Reads the archives as they unpack: <c>Flicker8k_Dataset/</c> (or <c>Images/</c>), <c>Flickr8k.token.txt</c> or
/// <c>captions.txt</c>,
/// <c>Flickr_8k.{train,dev,test}Images.txt</c>, <c>flickr_audio/{wavs/,wav2capt.txt,wav2spk.txt}</c>, and <c>dataset_flickr8k.json</c>.
/// </summary>
/// <remarks>
/// Without wav2capt.txt recordings are named as in the corpus, <c>IMAGE_NUMBER.wav</c>; wav2spk.txt is optional. 92 images of the caption
/// file are in no split (one of them called <c>2258277193_586949ec62.jpg.1</c>) and come only when everything is read. One recording's
/// header claims a wrong length; the audio decoder believes the bytes that are there.
/// </remarks>
public sealed class Flickr8kDataset : ISpeechDataset<SpokenImageCaption>
{
    private readonly Flickr8kLayout _layout;
    private readonly Flickr8kOptions _options;

    /// <summary>Opens the folder; tables are read when records are asked for.</summary>
    /// <param name="root">The folder that the archives were unpacked into, absolute or relative.</param>
    /// <param name="options">Which tables and which form of the captions; the defaults where null.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public Flickr8kDataset(string root, Flickr8kOptions? options = null)
    {
        _layout = new Flickr8kLayout(root);
        _options = options ?? new Flickr8kOptions();
    }

    /// <inheritdoc/>
    public string Name => "flickr8k";

    /// <inheritdoc/>
    public string Root => _layout.Root;

    /// <inheritdoc/>
    public IReadOnlyList<DatasetSplit> Splits { get; } = [DatasetSplit.Train, DatasetSplit.Development, DatasetSplit.Test];

    /// <summary>Image by image in the order of the split's list, each image's captions in the order of their numbers.</summary>
    /// <inheritdoc/>
    public IEnumerable<SpokenImageCaption> Read(DatasetSplit? split = null, Action<DatasetProblem>? report = null)
    {
        var problems = new DatasetProblems(report);
        var captions = ReadCaptions(problems);
        var recordings = Flickr8kRecordings.Read(_layout, problems);
        foreach (var (image, list, line) in ImagesOf(split, captions, problems))
        {
            if (captions.Of(image) is not { Count: > 0 } its)
            {
                problems.Add(DatasetProblemKind.Missing, list, line, $"'{image}' has no caption in '{captions.Path}'.");
                continue;
            }

            foreach (var (number, (text, captionLine)) in its)
            {
                if (text.Length == 0)
                {
                    problems.Mention(DatasetProblemKind.EmptyText, captions.Path, captionLine, $"caption {number} of '{image}' is empty.");
                }

                yield return Record(image, number, text, recordings, problems);
            }
        }
    }

    private SpokenImageCaption Record(string image, int number, string text, Flickr8kRecordings recordings, DatasetProblems problems)
    {
        string? wave = recordings.Wave(image, number);
        if (wave is null)
        {
            problems.Mention(DatasetProblemKind.Missing, recordings.Table!, null, $"caption {number} of '{image}' has no recording.");
        }

        string stem = Flickr8kLayout.Stem(image);
        return new SpokenImageCaption
        {
            Id = wave is null ? $"{stem}_{number}" : Path.GetFileNameWithoutExtension(wave),
            ImageId = stem,
            ImagePath = _layout.ImagePath(image),
            AudioPath = wave is null ? null : Path.Combine(_layout.Waves, wave),
            Caption = text,
            Speaker = wave is null ? null : recordings.Speaker(wave),
        };
    }

    private Flickr8kCaptions ReadCaptions(DatasetProblems problems)
    {
        if (_options.Tables == Flickr8kTables.Karpathy)
        {
            string path = _layout.Karpathy ?? throw Missing("dataset_flickr8k.json");
            return Flickr8kCaptions.ReadKarpathy(path, _options.CaptionForm, problems);
        }

        if (_layout.Text("Flickr8k.token.txt") is { } tokens)
        {
            return Flickr8kCaptions.ReadTokens(tokens, _options.CaptionForm, problems);
        }

        return _layout.Text("captions.txt") is { } csv
            ? Flickr8kCaptions.ReadCsv(csv, _options.CaptionForm, problems)
            : throw Missing("Flickr8k.token.txt", "captions.txt");
    }

    private IEnumerable<(string Image, string List, int? Line)> ImagesOf(
        DatasetSplit? split, Flickr8kCaptions captions, DatasetProblems problems)
    {
        if (split is null)
        {
            return captions.Images.Select(image => (image, captions.Path, (int?)null));
        }

        return _options.Tables == Flickr8kTables.Karpathy
            ? captions.ImagesOf(split.Value).Select(image => (image, captions.Path, (int?)null))
            : ReadList(split.Value, problems);
    }

    private IEnumerable<(string Image, string List, int? Line)> ReadList(DatasetSplit split, DatasetProblems problems)
    {
        string name = $"Flickr_8k.{split.ToName()}Images.txt";
        string path = _layout.Text(name) ?? throw Missing(name);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (line, text) in TextLines.Read(path))
        {
            string image = text.Trim();
            if (image.Length == 0)
            {
                continue;
            }

            if (seen.Add(image))
            {
                yield return (image, path, line);
            }
            else
            {
                problems.Add(DatasetProblemKind.Duplicate, path, line, $"'{image}' occurs twice.");
            }
        }
    }

    private FileNotFoundException Missing(params string[] names) => new(
        $"'{Root}' holds no {string.Join(" or ", names)}: it is not Flickr8k as it unpacks, or not all of it.",
        Path.Combine(Root, names[0]));
}
