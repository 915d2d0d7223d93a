namespace BrewClip.Data;

/// <summary>The part of a data set that a record belongs to.</summary>
public enum DatasetSplit
{
    /// <summary>To learn from.</summary>
    Train,

    /// <summary>To choose by: validation.</summary>
    Development,

    /// <summary>To report.</summary>
    Test,
}
