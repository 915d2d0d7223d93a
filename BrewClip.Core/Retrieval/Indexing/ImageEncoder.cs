using BrewClip.Core.Images;

namespace BrewClip.Core.Retrieval.Indexing;

/// <summary>What an <see cref="ImageIndexer"/> needs of a model.</summary>
public sealed record ImageEncoder
{
    /// <summary>Which model it is; kept in the index, so that another one's vectors never join it.</summary>
    public required ModelIdentity Model { get; init; }

    /// <summary>The length of its vectors, 1 or more.</summary>
    public required int Dimensions { get; init; }

    /// <summary>Images to vectors, one for each, in their order. Called from one thread at a time.</summary>
    public required Func<IReadOnlyList<RgbImage>, CancellationToken, IReadOnlyList<ReadOnlyMemory<float>>> Encode { get; init; }

    /// <summary>
    /// Brings a decoded image to the size that the model looks at, so that few large images are in memory at once; null to hand images to
    /// <see cref="Encode"/> as they are. Called from several threads, while <see cref="Encode"/> runs.
    /// </summary>
    public Func<RgbImage, RgbImage>? Prepare { get; init; }

    /// <summary>Images handed to <see cref="Encode"/> at once, 1 or more. Default 16.</summary>
    public int BatchSize { get; init; } = 16;
}
