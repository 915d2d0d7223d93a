namespace BrewClip.Data.SpokenCoco;

/// <summary>The divisions of SpokenCOCO that are in use.</summary>
public enum SpokenCocoDivision
{
    /// <summary>The first of <see cref="Ksplit"/>, <see cref="Karpathy"/> and <see cref="Original"/> whose files are there.</summary>
    Automatic,

    /// <summary>SpokenCOCO_{train,val}.json as released: no test split.</summary>
    Original,

    /// <summary>SpokenCOCO_{train,val,test}_karpathy.json, or the same unrolled to one caption an entry.</summary>
    Karpathy,

    /// <summary>SpokenCOCO_ksplit_{train,val,test}.json of SpeechCLIP and of the paper, whose <c>reassign_id</c> is the image id.</summary>
    Ksplit,
}

/// <summary>How <see cref="SpokenCocoDataset"/> reads.</summary>
public sealed record SpokenCocoOptions
{
    /// <summary>Default automatic.</summary>
    public SpokenCocoDivision Division { get; init; } = SpokenCocoDivision.Automatic;

    /// <summary>Default published: lower case.</summary>
    public CaptionForm CaptionForm { get; init; } = CaptionForm.Published;

    /// <summary>JSON files by split, absolute or relative to the root, in place of a division's own; for copies under other names.</summary>
    public IReadOnlyDictionary<DatasetSplit, string>? Files { get; init; }
}
