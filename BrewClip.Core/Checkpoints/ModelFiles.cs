namespace BrewClip.Core.Checkpoints;

/// <summary>Which of a repository's files loading a model needs; the rest (other frameworks' weights, pictures) stays where it
/// is.</summary>
internal static class ModelFiles
{
    public const string Config = "config.json";

    private static readonly string[] _wanted =
    [
        Config, "generation_config.json", "preprocessor_config.json",
        "tokenizer.json", "tokenizer_config.json", "vocab.json", "merges.txt",
        "special_tokens_map.json", "added_tokens.json", "normalizer.json",
    ];

    /// <summary>The files to fetch at once; with an index of shards among them, its shards come after.</summary>
    /// <exception cref="HubException">The repository lacks what loading needs, or names a file outside itself.</exception>
    public static List<string> Choose(HubRepository repository, IReadOnlyCollection<string> present, HubOptions options)
    {
        if (present.FirstOrDefault(file => !HubRepository.IsRelativeInside(file)) is { } outside)
        {
            throw new HubException($"'{repository.Name}' lists a file '{outside}', which would be written outside its folder: refused.");
        }

        var files = new HashSet<string>(present, StringComparer.Ordinal);
        List<string> chosen = [.. _wanted.Where(files.Contains)];
        if (chosen is not [Config, ..])
        {
            throw new HubException($"'{repository.Name}' has no {Config}: it is no model in the hub's layout.");
        }

        if (options.AdditionalFiles.FirstOrDefault(file => !files.Contains(file)) is { } missing)
        {
            throw new HubException($"'{repository.Name}' has no file '{missing}' at '{repository.Revision}'.");
        }

        string? weights = files.Contains(SafetensorsFile.SingleFileName) ? SafetensorsFile.SingleFileName
            : files.Contains(SafetensorsIndex.FileName) ? SafetensorsIndex.FileName
            : null;
        if (weights is null && options.RequireWeights)
        {
            throw new HubException(
                $"'{repository.Name}' has neither {SafetensorsFile.SingleFileName} nor {SafetensorsIndex.FileName}: its weights would "
                + "have to be converted to safetensors first.");
        }

        return [.. chosen, .. options.AdditionalFiles.Except(chosen), .. weights is null ? Array.Empty<string>() : [weights]];
    }
}
