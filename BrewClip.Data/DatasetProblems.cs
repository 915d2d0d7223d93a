namespace BrewClip.Data;

/// <summary>Where readers bring faults: to the one who asked to be told, or, where nobody did, out as an exception.</summary>
internal readonly struct DatasetProblems(Action<DatasetProblem>? report)
{
    /// <exception cref="InvalidDataException">Nobody wants to be told.</exception>
    public void Add(DatasetProblemKind kind, string file, int? line, string fault)
    {
        string place = line is null ? $"'{file}'" : $"'{file}', line {line}";
        var problem = new DatasetProblem(kind, $"{place}: {fault}", file, line);
        if (report is null)
        {
            throw new InvalidDataException(problem.Message);
        }

        report(problem);
    }

    /// <summary>For faults that leave the record usable: told where somebody listens, else passed over.</summary>
    public void Mention(DatasetProblemKind kind, string file, int? line, string fault)
    {
        if (report is not null)
        {
            Add(kind, file, line, fault);
        }
    }
}
