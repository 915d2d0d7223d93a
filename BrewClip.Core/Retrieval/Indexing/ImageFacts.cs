using System.Text.Json;
using System.Text.Json.Serialization;

namespace BrewClip.Core.Retrieval.Indexing;

/// <summary>
/// What is kept of an image beside its vector, by which the next run sees whether it has changed: the metadata of an index's items.
/// </summary>
internal sealed record ImageFacts
{
    /// <summary>Bytes of the file.</summary>
    [JsonPropertyName("size")]
    public required long Size { get; init; }

    /// <summary>When the file was last changed, in universal time.</summary>
    [JsonPropertyName("modified")]
    public required DateTime Modified { get; init; }

    /// <summary>SHA-256 of the file, in hexadecimal.</summary>
    [JsonPropertyName("sha256")]
    public required string Hash { get; init; }

    /// <summary>Null for text that is not of an indexer's making.</summary>
    public static ImageFacts? Parse(string? metadata)
    {
        try
        {
            return metadata is null ? null : JsonSerializer.Deserialize(metadata, ImageFactsJsonContext.Default.ImageFacts);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public bool SameTimeAndSize(FileInfo file) => file.Length == Size && file.LastWriteTimeUtc == Modified;

    public override string ToString() => JsonSerializer.Serialize(this, ImageFactsJsonContext.Default.ImageFacts);
}

[JsonSerializable(typeof(ImageFacts))]
internal sealed partial class ImageFactsJsonContext : JsonSerializerContext;
