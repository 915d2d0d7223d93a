namespace BrewClip.Data;

/// <summary>What <see cref="DatasetChecks.Check"/> does.</summary>
public sealed record DatasetCheckOptions
{
    /// <summary>How closely to look. Default presence, which is quick.</summary>
    public MediaCheck Media { get; init; } = MediaCheck.Presence;

    /// <summary>The splits to check; null, the default, for all that the data set defines.</summary>
    public IReadOnlyList<DatasetSplit>? Splits { get; init; }
}
