namespace BrewClip.Data.Ravdess;

/// <summary>How <see cref="RavdessDataset"/> reads.</summary>
public sealed record RavdessOptions
{
    /// <summary>Default published.</summary>
    public RavdessSelection Selection { get; init; } = RavdessSelection.Published;
}
