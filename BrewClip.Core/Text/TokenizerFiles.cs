namespace BrewClip.Core.Text;

/// <summary>Finds the vocabulary in what a user names: a folder, or one of the files it may consist of.</summary>
internal static class TokenizerFiles
{
    /// <summary>Reads the vocabulary of a folder or file, in any of the layouts of the hub and of OpenAI.</summary>
    public static BytePairVocabulary Read(string folderOrFile)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folderOrFile);
        if (Directory.Exists(folderOrFile))
        {
            return ReadFolder(folderOrFile);
        }

        if (!File.Exists(folderOrFile))
        {
            throw new FileNotFoundException(
                $"'{folderOrFile}' is neither a folder nor a file: name a tokenizer's folder or vocabulary file.", folderOrFile);
        }

        return ReadFile(folderOrFile);
    }

    /// <summary>The folder in which small files that belong to the tokenizer lie.</summary>
    public static string FolderOf(string folderOrFile) =>
        Directory.Exists(folderOrFile) ? folderOrFile : Path.GetDirectoryName(Path.GetFullPath(folderOrFile)) ?? ".";

    private static BytePairVocabulary ReadFolder(string folder)
    {
        foreach (string name in new[] { HubVocabulary.TokenizerName, HubVocabulary.TokensName, ClipMergesFile.Name })
        {
            string path = Path.Combine(folder, name);
            if (File.Exists(path))
            {
                return ReadFile(path);
            }
        }

        string[] tiktoken = Directory.GetFiles(folder, "*.tiktoken");
        return tiktoken.Length switch
        {
            1 => TiktokenFile.Read(tiktoken[0]),
            0 => throw new FileNotFoundException(
                $"'{folder}' holds no vocabulary: expected tokenizer.json, vocab.json with merges.txt, {ClipMergesFile.Name} or a "
                + ".tiktoken file."),
            _ => throw new InvalidDataException($"'{folder}' holds {tiktoken.Length} .tiktoken files: name the one to use."),
        };
    }

    private static BytePairVocabulary ReadFile(string path)
    {
        string name = Path.GetFileName(path);
        if (name.EndsWith(".tiktoken", StringComparison.OrdinalIgnoreCase))
        {
            return TiktokenFile.Read(path);
        }

        if (name.Equals(HubVocabulary.MergesName, StringComparison.OrdinalIgnoreCase))
        {
            return HubVocabulary.ReadPair(Path.Combine(FolderOf(path), HubVocabulary.TokensName));
        }

        if (name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".txt", StringComparison.OrdinalIgnoreCase))
        {
            return ClipMergesFile.Read(path);
        }

        if (name.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            bool whole = VocabularyFile.ReadJson(
                path, root => root.TryGetProperty("model", out var model) && model.ValueKind == System.Text.Json.JsonValueKind.Object);
            return whole ? HubVocabulary.ReadTokenizer(path) : HubVocabulary.ReadPair(path);
        }

        throw new InvalidDataException($"'{path}' is no vocabulary file by its name: expected .json, .txt, .txt.gz or .tiktoken.");
    }
}
