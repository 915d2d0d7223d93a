using System.Globalization;
using System.Text.Json;
using BrewClip.Data.TextFiles;

namespace BrewClip.Data.Flickr8k;

/// <summary>The captions of Flickr8k by image, in the order of their file, from any of the forms in which it is passed on.</summary>
internal sealed class Flickr8kCaptions
{
    private readonly CaptionForm _form;
    private readonly DatasetProblems _problems;
    private readonly Dictionary<string, SortedDictionary<int, (string Text, int Line)>> _byImage = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DatasetSplit> _splits = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];

    private Flickr8kCaptions(string path, CaptionForm form, DatasetProblems problems)
    {
        Path = path;
        _form = form;
        _problems = problems;
    }

    public string Path { get; }

    /// <summary>Every image that the file names.</summary>
    public IReadOnlyList<string> Images => _order;

    /// <summary>Only in Karpathy's file: the images of a split.</summary>
    public IEnumerable<string> ImagesOf(DatasetSplit split) =>
        _order.Where(image => _splits.TryGetValue(image, out var its) && its == split);

    /// <summary>The captions of an image by number, 0 to 4 as a rule, with their line (or entry); null for an image the file does not
    /// name.</summary>
    public IReadOnlyDictionary<int, (string Text, int Line)>? Of(string image) => _byImage.GetValueOrDefault(image);

    /// <summary><c>IMAGE#NUMBER</c>, a tab, the caption.</summary>
    public static Flickr8kCaptions ReadTokens(string path, CaptionForm form, DatasetProblems problems)
    {
        var captions = new Flickr8kCaptions(path, form, problems);
        foreach (var (line, text) in TextLines.Read(path).Where(row => row.Text.Length > 0))
        {
            int tab = text.IndexOf('\t', StringComparison.Ordinal);
            int mark = tab < 0 ? -1 : text.LastIndexOf('#', tab);
            if (mark < 1
                || !int.TryParse(text.AsSpan(mark + 1, tab - mark - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            {
                problems.Add(DatasetProblemKind.Malformed, path, line, "a line is 'image#number', a tab and the caption; this one is not.");
                continue;
            }

            captions.Add(text[..mark], number, text[(tab + 1)..], line, lowerCase: false);
        }

        return captions;
    }

    /// <summary>Comma-separated values with the header <c>image,caption</c>; captions are numbered in their order.</summary>
    public static Flickr8kCaptions ReadCsv(string path, CaptionForm form, DatasetProblems problems)
    {
        var captions = new Flickr8kCaptions(path, form, problems);
        foreach (var (line, fields) in CsvReader.Read(path))
        {
            if (line == 1 && fields is ["image", ..])
            {
                continue;
            }

            if (fields.Length != 2 || fields[0].Length == 0)
            {
                problems.Add(
                    DatasetProblemKind.Malformed, path, line, $"a row is an image and its caption; this one has {fields.Length} fields.");
                continue;
            }

            captions.Add(fields[0], captions.Of(fields[0])?.Count ?? 0, fields[1], line, lowerCase: true);
        }

        return captions;
    }

    /// <summary>Karpathy's file, which has the splits too; lines are entries of <c>images</c>.</summary>
    public static Flickr8kCaptions ReadKarpathy(string path, CaptionForm form, DatasetProblems problems)
    {
        var captions = new Flickr8kCaptions(path, form, problems);
        foreach (var (entry, element) in JsonArrayReader.Read(path, "images"))
        {
            try
            {
                captions.AddKarpathy(entry, JsonFields.RequireObject(element, "the entry"));
            }
            catch (Exception exception) when (JsonFields.IsFault(exception))
            {
                problems.Add(DatasetProblemKind.Malformed, path, entry, exception.Message);
            }
        }

        return captions;
    }

    private void AddKarpathy(int entry, JsonElement element)
    {
        string image = JsonFields.RequireText(element, "filename");
        string split = JsonFields.RequireText(element, "split");
        if (split is not "restval" && !DatasetSplitNames.TryParse(split, out _))
        {
            throw new FormatException($"'{split}' is no split.");
        }

        DatasetSplitNames.TryParse(split == "restval" ? "train" : split, out var parsed);
        if (!_splits.TryAdd(image, parsed))
        {
            _problems.Add(DatasetProblemKind.Duplicate, Path, entry, $"'{image}' occurs twice.");
            return;
        }

        Row(image);
        int number = 0;
        foreach (var sentence in JsonFields.Items(element, "sentences"))
        {
            Add(image, number++, JsonFields.Text(sentence, "raw") ?? "", entry, lowerCase: false);
        }
    }

    private void Add(string image, int number, string text, int line, bool lowerCase)
    {
        if (image.IndexOfAny(['/', '\\', ':', '\0']) >= 0)
        {
            _problems.Add(DatasetProblemKind.Malformed, Path, line, $"'{image}' is no file name.");
            return;
        }

        string caption = _form == CaptionForm.Raw ? text : Published(text, lowerCase);
        if (!Row(image).TryAdd(number, (caption, line)))
        {
            _problems.Add(DatasetProblemKind.Duplicate, Path, line, $"'{image}' has a caption {number} already.");
        }
    }

    private SortedDictionary<int, (string Text, int Line)> Row(string image)
    {
        if (!_byImage.TryGetValue(image, out var row))
        {
            _byImage[image] = row = [];
            _order.Add(image);
        }

        return row;
    }

    // The authors' reader drops one full stop at the end with the space before it; only with captions.txt does it also lower the case.
    private static string Published(string text, bool lowerCase)
    {
        string trimmed = text.Trim();
        trimmed = trimmed.EndsWith('.') ? trimmed[..^1].TrimEnd() : trimmed;
        return lowerCase ? trimmed.ToLowerInvariant() : trimmed;
    }
}
