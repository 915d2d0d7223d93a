namespace BrewClip.Data.Loading;

/// <summary>One batch, loaded.</summary>
/// <param name="Examples">At least one; fewer than asked for where some could not be loaded.</param>
/// <param name="Position">This batch's own position.</param>
/// <param name="Next">The position after it.</param>
public sealed record LoadedBatch<TExample>(IReadOnlyList<TExample> Examples, LoaderPosition Position, LoaderPosition Next);

/// <summary>An example that could not be loaded.</summary>
/// <param name="Name">The source's name for it.</param>
/// <param name="Reason">What was wrong, a sentence.</param>
public sealed record SkippedExample(string Name, string Reason);
