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

/// <summary>One fault of a data set, as a sentence that names the file.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Message">A sentence with the file, the line where there is one, and the value.</param>
/// <param name="File">The file at fault.</param>
/// <param name="Line">The line of a table, counted from 1; null for other files.</param>
public sealed record DatasetProblem(DatasetProblemKind Kind, string Message, string File, int? Line = null);
