using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using BrewClip.Core.Checkpoints;
using BrewClip.Data.TextFiles;

namespace BrewClip.Data.Manifests;

/// <summary>Writes manifests that <see cref="ManifestDataset"/> reads, from records of any data set; beside-and-rename.</summary>
public static class ManifestWriter
{
    private static readonly JsonWriterOptions _json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes all splits of a data set.</summary>
    /// <inheritdoc cref="Write(string, IEnumerable{ValueTuple{SpokenImageCaption, DatasetSplit}}, CancellationToken)"/>
    public static void Write(string path, ISpeechDataset<SpokenImageCaption> dataset, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        Write(path, dataset.Splits.SelectMany(split => dataset.Read(split).Select(record => (record, split))), cancellationToken);
    }

    /// <summary>Writes records with their splits, lazily enumerated. Paths under the manifest's folder become relative, with '/'.</summary>
    /// <param name="path">Ends in .jsonl (further fields are kept) or .csv (they are left out). Replaced when everything is
    /// written.</param>
    /// <param name="records">What to write.</param>
    /// <param name="cancellationToken">Stops between records; the previous file stays.</param>
    /// <exception cref="ArgumentException">The file's ending is neither.</exception>
    /// <exception cref="IOException">The disk is full or refuses the write; the previous file stays.</exception>
    public static void Write(
        string path, IEnumerable<(SpokenImageCaption Record, DatasetSplit Split)> records, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        bool isCsv = ManifestFormat.IsCsv(path);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        AtomicFile.Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
            if (isCsv)
            {
                writer.WriteLine(CsvWriter.Row(ManifestFormat.Known));
            }

            foreach (var (record, split) in records)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var fields = Fields(record, split, folder);
                writer.WriteLine(isCsv
                    ? CsvWriter.Row(ManifestFormat.Known.Select(name => fields.GetValueOrDefault(name) ?? ""))
                    : Json(fields, record.Extra));
            }
        });
    }

    private static Dictionary<string, string?> Fields(SpokenImageCaption record, DatasetSplit split, string folder) => new()
    {
        [ManifestFormat.Id] = record.Id,
        [ManifestFormat.Image] = Relative(record.ImagePath, folder),
        [ManifestFormat.Audio] = record.AudioPath is { } audio ? Relative(audio, folder) : null,
        [ManifestFormat.Text] = record.Caption,
        [ManifestFormat.Speaker] = record.Speaker,
        [ManifestFormat.Split] = split.ToName(),
        [ManifestFormat.ImageId] = record.ImageId,
    };

    private static string Relative(string path, string folder)
    {
        string relative = Path.GetRelativePath(folder, path);
        return Path.IsPathRooted(relative) || relative.StartsWith("..", StringComparison.Ordinal) ? path : relative.Replace('\\', '/');
    }

    private static string Json(Dictionary<string, string?> fields, IReadOnlyDictionary<string, string> extra)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, _json))
        {
            json.WriteStartObject();
            foreach (var (name, value) in fields.Where(field => field.Value is not null))
            {
                json.WriteString(name, value);
            }

            foreach (var (name, value) in extra.Where(field => !ManifestFormat.Known.Contains(field.Key)))
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
