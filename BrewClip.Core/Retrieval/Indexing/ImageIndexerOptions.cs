using BrewClip.Core.Images;

namespace BrewClip.Core.Retrieval.Indexing;

/// <summary>How an <see cref="ImageIndexer"/> works.</summary>
public sealed record ImageIndexerOptions
{
    /// <summary>Start from nothing: an index that is there, damaged or another model's, is deleted first. Default false.</summary>
    public bool Rebuild { get; init; }

    /// <summary>Read and compare every image, not only those whose size or time of change differs. Default false.</summary>
    public bool CompareContent { get; init; }

    /// <summary>How a new index keeps its vectors; one that is there keeps its own way. Default float32.</summary>
    public EmbeddingStorage Storage { get; init; }

    /// <summary>How images are decoded. The default is the reference preprocessing's: orientation tags are not applied.</summary>
    public ImageDecodingOptions Decoding { get; init; } = ImageDecodingOptions.Default;
}
