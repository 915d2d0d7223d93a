using System.Text.Json;
using BrewClip.Data.TextFiles;

namespace BrewClip.Data.Manifests;

/// <summary>
/// Everyone's own data: JSON lines or comma-separated values with a header, a spoken caption to a row. Fields: <c>image</c> (needed),
/// <c>audio</c> or <c>text</c> (one needed), <c>speaker</c>, <c>split</c> (train, dev or test; a row without one is train's),
/// <c>image_id</c> (else the image's path), <c>id</c> (else the recording's path, or the row's number). Further fields end in
/// <see cref="Utterance.Extra"/>. Paths may be absolute, or relative to the manifest.
/// </summary>
public sealed class ManifestDataset : ISpeechDataset<SpokenImageCaption>
{
    private readonly bool _isCsv;
    private readonly string _folder;

    /// <summary>Opens a manifest; its rows are read when records are asked for.</summary>
    /// <param name="path">A file ending in <c>.jsonl</c> or <c>.csv</c>; relative paths within it are relative to its folder.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ArgumentException">The file's ending is not .jsonl or .csv.</exception>
    public ManifestDataset(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _isCsv = ManifestFormat.IsCsv(path);
        Root = File.Exists(path) ? Path.GetFullPath(path) : throw new FileNotFoundException($"There is no manifest '{path}'.", path);
        _folder = Path.GetDirectoryName(Root)!;
    }

    /// <inheritdoc/>
    public string Name => "manifest";

    /// <summary>The manifest's absolute path.</summary>
    public string Root { get; }

    /// <inheritdoc/>
    public IReadOnlyList<DatasetSplit> Splits { get; } = [DatasetSplit.Train, DatasetSplit.Development, DatasetSplit.Test];

    /// <inheritdoc/>
    public IEnumerable<SpokenImageCaption> Read(DatasetSplit? split = null, Action<DatasetProblem>? report = null)
    {
        var problems = new DatasetProblems(report);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (line, fields) in _isCsv ? CsvRows(problems) : JsonRows(problems))
        {
            var record = Parse(line, fields, problems, out var its);
            if (record is null)
            {
                continue;
            }

            if (!ids.Add(record.Id))
            {
                problems.Add(DatasetProblemKind.Duplicate, Root, line, $"the id '{record.Id}' occurs twice.");
            }
            else if (split is null || split == its)
            {
                yield return record;
            }
        }
    }

    private SpokenImageCaption? Parse(int line, Dictionary<string, string> fields, DatasetProblems problems, out DatasetSplit split)
    {
        string? Get(string name) => fields.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

        split = DatasetSplit.Train;
        string? image = Get(ManifestFormat.Image), audio = Get(ManifestFormat.Audio), text = Get(ManifestFormat.Text);
        string? fault = image is null ? "the row names no image."
            : audio is null && text is null ? "the row has neither audio nor text."
            : image.Contains('\0') || audio?.Contains('\0') == true ? "a path has a zero character in it."
            : Get(ManifestFormat.Split) is { } name && !DatasetSplitNames.TryParse(name, out split)
                ? $"'{name}' is no split: train, dev or test."
            : null;
        if (fault is not null)
        {
            problems.Add(DatasetProblemKind.Malformed, Root, line, fault);
            return null;
        }

        if (!_isCsv && fields.TryGetValue(ManifestFormat.Text, out string? blank) && string.IsNullOrWhiteSpace(blank))
        {
            problems.Mention(DatasetProblemKind.EmptyText, Root, line, "the text is empty.");
        }

        return new SpokenImageCaption
        {
            Id = Get(ManifestFormat.Id) ?? audio ?? $"line {line}",
            ImageId = Get(ManifestFormat.ImageId) ?? image!,
            ImagePath = Path.GetFullPath(image!, _folder),
            AudioPath = audio is null ? null : Path.GetFullPath(audio, _folder),
            Caption = text,
            Speaker = Get(ManifestFormat.Speaker),
            Extra = fields.Where(field => !ManifestFormat.Known.Contains(field.Key)).ToDictionary(StringComparer.Ordinal),
        };
    }

    private IEnumerable<(int Line, Dictionary<string, string> Fields)> CsvRows(DatasetProblems problems)
    {
        string[]? header = null;
        foreach (var (line, fields) in CsvReader.Read(Root))
        {
            if (header is null)
            {
                header = [.. fields.Select(name => name.Trim())];
                RequireHeader(header);
            }
            else if (fields.Length != header.Length)
            {
                problems.Add(DatasetProblemKind.Malformed, Root, line, $"the row has {fields.Length} fields, the header {header.Length}.");
            }
            else
            {
                yield return (line, header.Zip(fields).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal));
            }
        }
    }

    private void RequireHeader(string[] header)
    {
        if (!header.Contains(ManifestFormat.Image) || header.Distinct().Count() != header.Length)
        {
            throw new InvalidDataException(
                $"'{Root}', line 1: the header must name 'image' and no column twice; it is '{string.Join(',', header)}'.");
        }
    }

    private IEnumerable<(int Line, Dictionary<string, string> Fields)> JsonRows(DatasetProblems problems)
    {
        foreach (var (line, text) in TextLines.Read(Root).Where(row => !string.IsNullOrWhiteSpace(row.Text)))
        {
            Dictionary<string, string>? fields = null;
            try
            {
                fields = ParseJson(text);
            }
            catch (Exception exception) when (JsonFields.IsFault(exception))
            {
                problems.Add(DatasetProblemKind.Malformed, Root, line, exception.Message);
            }

            if (fields is not null)
            {
                yield return (line, fields);
            }
        }
    }

    private static Dictionary<string, string> ParseJson(string text)
    {
        using var document = JsonDocument.Parse(text);
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in JsonFields.RequireObject(document.RootElement, "the line").EnumerateObject())
        {
            bool known = ManifestFormat.Known.Contains(property.Name);
            string? value = property.Value.ValueKind switch
            {
                JsonValueKind.Null => null,
                JsonValueKind.String => property.Value.GetString(),
                JsonValueKind.Number => property.Value.GetRawText(),
                _ when known => throw new FormatException($"'{property.Name}' is no text."),
                _ => property.Value.GetRawText(),
            };
            if (value is not null && !fields.TryAdd(property.Name, value))
            {
                throw new FormatException($"'{property.Name}' occurs twice.");
            }
        }

        return fields;
    }
}
