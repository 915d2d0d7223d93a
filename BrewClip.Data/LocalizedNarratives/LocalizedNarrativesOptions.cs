namespace BrewClip.Data.LocalizedNarratives;

/// <summary>How <see cref="LocalizedNarrativesDataset"/> reads.</summary>
public sealed record LocalizedNarrativesOptions
{
    /// <summary>Read the mouse traces, most of the files' bytes. Default false.</summary>
    public bool IncludeTraces { get; init; }
}
