namespace BrewClip.Data;

/// <summary>The kinds of fault that a data set can have.</summary>
public enum DatasetProblemKind
{
    /// <summary>A file that a table names is not there, or a table is not.</summary>
    Missing,

    /// <summary>A recording or picture is there but cannot be read.</summary>
    Unreadable,

    /// <summary>A row of a table is not what it should be.</summary>
    Malformed,

    /// <summary>An id or a row occurs twice.</summary>
    Duplicate,

    /// <summary>A caption or transcript without a word.</summary>
    EmptyText,

    /// <summary>An image belongs to two splits, so that a result on one of them is not to be trusted.</summary>
    SplitOverlap,
}
