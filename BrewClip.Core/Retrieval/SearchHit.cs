namespace BrewClip.Core.Retrieval;

/// <summary>One item that a search found.</summary>
/// <param name="Id">The item's id.</param>
/// <param name="Score">Its cosine similarity to the query, −1 to 1 to rounding.</param>
/// <param name="Position">Its row in the index: the order of adding, in which a replaced item counts as added last.</param>
/// <param name="Metadata">What was stored with it.</param>
public readonly record struct SearchHit(string Id, float Score, int Position, string? Metadata);
