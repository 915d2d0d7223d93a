using System.Globalization;
using System.Text.Json;
using BrewClip.Data.TextFiles;

namespace BrewClip.Data.SpokenCoco;

/// <summary>
/// SpokenCOCO: COCO's captions read aloud, five for an image. Reads <c>SpokenCOCO/SpokenCOCO_*.json</c> with its <c>wavs/</c> beside it,
/// and <c>mscoco_img/{train2014,val2014}/</c>; entries may hold all captions of an image or, unrolled, one.
/// </summary>
public sealed class SpokenCocoDataset : ISpeechDataset<SpokenImageCaption>
{
    private static readonly (SpokenCocoDivision Division, DatasetSplit Split, string[] Names)[] _names =
    [
        (SpokenCocoDivision.Ksplit, DatasetSplit.Train, ["SpokenCOCO_ksplit_train.json"]),
        (SpokenCocoDivision.Ksplit, DatasetSplit.Development, ["SpokenCOCO_ksplit_val.json"]),
        (SpokenCocoDivision.Ksplit, DatasetSplit.Test, ["SpokenCOCO_ksplit_test.json"]),
        (SpokenCocoDivision.Karpathy, DatasetSplit.Train, ["SpokenCOCO_train_karpathy.json", "SpokenCOCO_train_unrolled_karpathy.json"]),
        (SpokenCocoDivision.Karpathy, DatasetSplit.Development, ["SpokenCOCO_val_karpathy.json", "SpokenCOCO_val_unrolled_karpathy.json"]),
        (SpokenCocoDivision.Karpathy, DatasetSplit.Test, ["SpokenCOCO_test_karpathy.json", "SpokenCOCO_test_unrolled_karpathy.json"]),
        (SpokenCocoDivision.Original, DatasetSplit.Train, ["SpokenCOCO_train.json"]),
        (SpokenCocoDivision.Original, DatasetSplit.Development, ["SpokenCOCO_val.json"]),
    ];

    private readonly string _speech;
    private readonly string _images;
    private readonly SpokenCocoOptions _options;

    /// <summary>Opens the folder that holds <c>SpokenCOCO/</c>, or that folder itself; tables are read when records are asked
    /// for.</summary>
    /// <param name="root">The folder, absolute or relative.</param>
    /// <param name="options">Which division and which form of the captions; the defaults where null.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public SpokenCocoDataset(string root, SpokenCocoOptions? options = null)
    {
        Root = DatasetPath.RequireFolder(root, "SpokenCOCO");
        _options = options ?? new SpokenCocoOptions();
        string inner = Path.Combine(Root, "SpokenCOCO");
        _speech = Directory.Exists(inner) ? inner : Root;
        _images = FindImages();
        Division = _options.Division == SpokenCocoDivision.Automatic ? FindDivision() : _options.Division;
        Splits = _options.Files is { } files
            ? [.. files.Keys.Order()]
            : [.. _names.Where(row => row.Division == Division).Select(row => row.Split)];
    }

    /// <inheritdoc/>
    public string Name => "spokencoco";

    /// <inheritdoc/>
    public string Root { get; }

    /// <summary>The division in use, never <see cref="SpokenCocoDivision.Automatic"/>.</summary>
    public SpokenCocoDivision Division { get; }

    /// <inheritdoc/>
    public IReadOnlyList<DatasetSplit> Splits { get; }

    /// <inheritdoc/>
    public IEnumerable<SpokenImageCaption> Read(DatasetSplit? split = null, Action<DatasetProblem>? report = null)
    {
        var problems = new DatasetProblems(report);
        foreach (var each in split is null ? Splits : [split.Value])
        {
            string path = FileOf(each);
            foreach (var (entry, element) in JsonArrayReader.Read(path, "data"))
            {
                foreach (var record in Captions(path, entry, element, problems))
                {
                    yield return record;
                }
            }
        }
    }

    private List<SpokenImageCaption> Captions(string path, int entry, JsonElement element, DatasetProblems problems)
    {
        var records = new List<SpokenImageCaption>();
        try
        {
            JsonFields.RequireObject(element, "the entry");
            string image = JsonFields.RequireText(element, "image");
            string imagePath = DatasetPath.Inside(_images, image);
            string id = JsonFields.Text(element, "reassign_id") ?? CocoId(image);
            IEnumerable<JsonElement> captions = element.TryGetProperty("caption", out var one)
                ? [one]
                : JsonFields.Items(element, "captions");
            foreach (var caption in captions)
            {
                records.Add(Record(path, entry, id, imagePath, JsonFields.RequireObject(caption, "a caption"), problems));
            }

            if (records.Count == 0)
            {
                throw new FormatException($"'{image}' has no captions.");
            }
        }
        catch (Exception exception) when (JsonFields.IsFault(exception))
        {
            problems.Add(DatasetProblemKind.Malformed, path, null, $"entry {entry} of 'data': {exception.Message}");
        }

        return records;
    }

    private SpokenImageCaption Record(
        string path, int entry, string imageId, string imagePath, JsonElement caption, DatasetProblems problems)
    {
        string wave = JsonFields.RequireText(caption, "wav");
        string id = JsonFields.Text(caption, "uttid") ?? Path.GetFileNameWithoutExtension(wave);
        string text = (JsonFields.Text(caption, "text") ?? "").Trim();
        if (text.Length == 0)
        {
            problems.Mention(DatasetProblemKind.EmptyText, path, null, $"entry {entry} of 'data': the text of '{id}' is empty.");
        }

        return new SpokenImageCaption
        {
            Id = id,
            ImageId = imageId,
            ImagePath = imagePath,
            AudioPath = DatasetPath.Inside(_speech, wave),
            Caption = _options.CaptionForm == CaptionForm.Published ? text.ToLowerInvariant() : text,
            Speaker = JsonFields.Text(caption, "speaker"),
        };
    }

    // "val2014/COCO_val2014_000000325114.jpg" is COCO's image 325114.
    private static string CocoId(string image)
    {
        string name = Path.GetFileNameWithoutExtension(image);
        string digits = name[(name.LastIndexOf('_') + 1)..];
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long id)
            ? id.ToString(CultureInfo.InvariantCulture)
            : throw new FormatException($"'{image}' does not end in COCO's number of the image.");
    }

    private string FileOf(DatasetSplit split)
    {
        if (_options.Files is { } files)
        {
            return files.TryGetValue(split, out string? file)
                ? Path.Combine(Root, file)
                : throw new ArgumentException($"The options name no file for the {split.ToName()} split of SpokenCOCO.", nameof(split));
        }

        string[] names = _names.FirstOrDefault(row => row.Division == Division && row.Split == split).Names
            ?? throw new ArgumentException($"SpokenCOCO has no {split.ToName()} split in its {Division} division.", nameof(split));
        return DatasetPath.FirstFile(_speech, names)
            ?? throw new FileNotFoundException($"'{_speech}' holds no {string.Join(" or ", names)}.", Path.Combine(_speech, names[0]));
    }

    private SpokenCocoDivision FindDivision()
    {
        var present = _names.Where(row => DatasetPath.FirstFile(_speech, row.Names) is not null).Select(row => row.Division);
        return present.FirstOrDefault(SpokenCocoDivision.Original);
    }

    private string FindImages()
    {
        string[] candidates = [Path.Combine(Root, "mscoco_img"), Root, _speech, Path.Combine(Root, "..", "mscoco_img")];
        string? found = candidates.FirstOrDefault(
            folder => Directory.Exists(Path.Combine(folder, "train2014")) || Directory.Exists(Path.Combine(folder, "val2014")));
        return Path.GetFullPath(found ?? candidates[0]);
    }
}
