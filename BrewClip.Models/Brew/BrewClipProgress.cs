namespace BrewClip.Models.Brew;

/// <summary>How far the encoding of many items has come.</summary>
/// <param name="Done">Items that are done.</param>
/// <param name="Total">Items in all.</param>
public readonly record struct BrewClipProgress(int Done, int Total);
