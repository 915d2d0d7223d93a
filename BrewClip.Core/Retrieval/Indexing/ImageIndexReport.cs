namespace BrewClip.Core.Retrieval.Indexing;

/// <summary>What an indexing run did.</summary>
public sealed record ImageIndexReport
{
    /// <summary>Images in the index now.</summary>
    public required int Count { get; init; }

    /// <summary>Images encoded by this run.</summary>
    public required int Encoded { get; init; }

    /// <summary>Images taken over from a run that was stopped before it had finished.</summary>
    public required int Resumed { get; init; }

    /// <summary>Images that were in the index and have not changed.</summary>
    public required int Unchanged { get; init; }

    /// <summary>Images taken out of the index, because they are gone or can no longer be read.</summary>
    public required int Removed { get; init; }

    /// <summary>What could not be read, in the order of the paths.</summary>
    public required IReadOnlyList<UnreadableImage> Unreadable { get; init; }
}
