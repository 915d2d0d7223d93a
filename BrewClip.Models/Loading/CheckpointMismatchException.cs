namespace BrewClip.Models.Loading;

/// <summary>A checkpoint's parameters are not those that its configuration asks for: every one of them is named, with its shape.</summary>
public sealed class CheckpointMismatchException : Exception
{
    internal CheckpointMismatchException(
        string checkpoint, IReadOnlyList<string> missing, IReadOnlyList<string> unexpected, IReadOnlyList<string> wrongShapes)
        : base(Describe(checkpoint, missing, unexpected, wrongShapes))
    {
        Missing = missing;
        Unexpected = unexpected;
        WrongShapes = wrongShapes;
    }

    /// <summary>Name and shape of each parameter that the file lacks.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>Name and shape of each parameter that the model has no place for.</summary>
    public IReadOnlyList<string> Unexpected { get; }

    /// <summary>Name and both shapes of each parameter whose shape is another.</summary>
    public IReadOnlyList<string> WrongShapes { get; }

    private static string Describe(
        string checkpoint, IReadOnlyList<string> missing, IReadOnlyList<string> unexpected, IReadOnlyList<string> wrongShapes)
    {
        var faults = new List<string>();
        Add("missing", missing);
        Add("unexpected", unexpected);
        Add("of another shape", wrongShapes);
        return $"'{checkpoint}' does not hold the parameters that config.json asks for. {string.Join(" ", faults)}";

        void Add(string what, IReadOnlyList<string> parameters)
        {
            if (parameters.Count > 0)
            {
                faults.Add($"{parameters.Count} {what}: {string.Join("; ", parameters)}.");
            }
        }
    }
}
