using System.Text.Json;
using BrewClip.Data.TextFiles;

namespace BrewClip.Data.LocalizedNarratives;

/// <summary>One line of the JSON-lines files. Times may be whole numbers; traces, times and the recording may be absent.</summary>
internal static class NarrativeRecord
{
    private const int ImageNameDigits = 12;

    /// <exception cref="FormatException">A field is absent or not what it should be.</exception>
    /// <exception cref="JsonException">The line is not JSON.</exception>
    public static LocalizedNarrative Parse(string line, string images, string recordings, bool includeTraces)
    {
        using var document = JsonDocument.Parse(line);
        var element = JsonFields.RequireObject(document.RootElement, "the line");
        string dataset = JsonFields.RequireText(element, "dataset_id");
        string image = JsonFields.RequireText(element, "image_id");
        string? recording = JsonFields.Text(element, "voice_recording");
        string annotator = JsonFields.Text(element, "annotator_id") ?? "";
        if (image.Length > ImageNameDigits || !image.All(char.IsAsciiDigit))
        {
            throw new FormatException($"'{image}' is no number of a COCO image.");
        }

        return new LocalizedNarrative
        {
            Id = recording is null ? $"{dataset}_{image}_{annotator}" : Path.GetFileNameWithoutExtension(recording),
            ImageId = image.TrimStart('0') is { Length: > 0 } id ? id : "0",
            ImagePath = Path.Combine(images, Folder(dataset), image.PadLeft(ImageNameDigits, '0') + ".jpg"),
            AudioPath = recording is null ? null : DatasetPath.Inside(recordings, recording),
            Caption = (JsonFields.Text(element, "caption") ?? "").Trim(),
            Speaker = annotator.Length == 0 ? null : annotator,
            TimedCaption = [.. JsonFields.Items(element, "timed_caption").Select(Timed)],
            Traces = includeTraces ? [.. JsonFields.Items(element, "traces").Select(Trace)] : [],
        };
    }

    private static string Folder(string dataset) => dataset switch
    {
        "mscoco_train2017" => "train2017",
        "mscoco_val2017" => "val2017",
        _ => throw new FormatException($"'{dataset}' is no part of COCO 2017."),
    };

    private static TimedUtterance Timed(JsonElement part) => new(
        JsonFields.Text(JsonFields.RequireObject(part, "a timed caption"), "utterance") ?? "",
        JsonFields.Number(part, "start_time"),
        JsonFields.Number(part, "end_time"));

    private static IReadOnlyList<TracePoint> Trace(JsonElement trace) => trace.ValueKind == JsonValueKind.Array
        ? [.. trace.EnumerateArray()
            .Select(p => new TracePoint(JsonFields.Number(p, "x"), JsonFields.Number(p, "y"), JsonFields.Number(p, "t")))]
        : throw new FormatException("'traces' holds something other than lists of points.");
}
