namespace BrewClip.Data;

/// <summary>The names that data sets and people give to splits.</summary>
public static class DatasetSplitNames
{
    /// <summary>Reads <c>train</c>, <c>dev</c>, <c>development</c>, <c>val</c>, <c>valid</c>, <c>validation</c> or <c>test</c>, in any
    /// case.</summary>
    public static bool TryParse(string? name, out DatasetSplit split)
    {
        (bool known, split) = name?.Trim().ToLowerInvariant() switch
        {
            "train" or "training" => (true, DatasetSplit.Train),
            "dev" or "development" or "val" or "valid" or "validation" => (true, DatasetSplit.Development),
            "test" => (true, DatasetSplit.Test),
            _ => (false, default),
        };
        return known;
    }

    /// <summary>The name in files that are written here: <c>train</c>, <c>dev</c> or <c>test</c>.</summary>
    public static string ToName(this DatasetSplit split) => split switch
    {
        DatasetSplit.Train => "train",
        DatasetSplit.Development => "dev",
        _ => "test",
    };
}
