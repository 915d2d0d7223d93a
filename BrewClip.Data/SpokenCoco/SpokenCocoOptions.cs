namespace BrewClip.Data.SpokenCoco;

/// <summary>How <see cref="SpokenCocoDataset"/> reads.</summary>
public sealed record SpokenCocoOptions
{
    /// <summary>Which of the published divisions into splits is read. Default automatic.</summary>
    public SpokenCocoDivision Division { get; init; } = SpokenCocoDivision.Automatic;

    /// <summary>How captions are spelled. Default published: lower case.</summary>
    public CaptionForm CaptionForm { get; init; } = CaptionForm.Published;

    /// <summary>JSON files by split, absolute or relative to the root, in place of a division's own; for copies under other
    /// names. Null, the default, for a division's own.</summary>
    public IReadOnlyDictionary<DatasetSplit, string>? Files { get; init; }
}
