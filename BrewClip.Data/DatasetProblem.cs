namespace BrewClip.Data;

/// <summary>One fault of a data set, as a sentence that names the file.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Message">A sentence with the file, the line where there is one, and the value.</param>
/// <param name="File">The file at fault.</param>
/// <param name="Line">The line of a table, counted from 1; null for other files.</param>
public sealed record DatasetProblem(DatasetProblemKind Kind, string Message, string File, int? Line = null);
