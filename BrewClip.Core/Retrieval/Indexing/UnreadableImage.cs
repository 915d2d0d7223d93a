namespace BrewClip.Core.Retrieval.Indexing;

/// <summary>A file or folder that was passed over.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Reason">Why, in a sentence.</param>
public sealed record UnreadableImage(string Path, string Reason);
