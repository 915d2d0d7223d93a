namespace BrewClip.Core.Retrieval.Indexing;

/// <summary>An encoded image in a journal.</summary>
/// <param name="Id">The image's full path.</param>
/// <param name="Metadata">Its <see cref="ImageFacts"/>.</param>
/// <param name="Vector">Its vector as the model gave it.</param>
internal sealed record JournalItem(string Id, string Metadata, ReadOnlyMemory<float> Vector);
