namespace BrewClip.Core.Retrieval.Indexing;

/// <summary>How far an indexing run has come.</summary>
/// <param name="Done">Images looked at, the unreadable ones among them.</param>
/// <param name="Total">Images that are new or changed since the index was last written.</param>
/// <param name="Unreadable">How many of those done could not be read.</param>
public readonly record struct ImageIndexProgress(int Done, int Total, int Unreadable);
