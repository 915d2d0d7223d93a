namespace BrewClip.Data.Manifests;

/// <summary>The two forms of a manifest, told apart by the file's ending.</summary>
internal static class ManifestFormat
{
    public const string Id = "id", Image = "image", Audio = "audio", Text = "text";
    public const string Speaker = "speaker", Split = "split", ImageId = "image_id";

    public static readonly string[] Known = [Id, Image, Audio, Text, Speaker, Split, ImageId];

    /// <summary>True for comma-separated values, false for JSON lines.</summary>
    /// <exception cref="ArgumentException">The ending is neither's.</exception>
    public static bool IsCsv(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".csv" => true,
        ".jsonl" or ".ndjson" or ".json" => false,
        var ending => throw new ArgumentException($"'{path}' ends in '{ending}': a manifest is .jsonl or .csv.", nameof(path)),
    };
}
