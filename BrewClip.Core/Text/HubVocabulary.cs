using System.Text.Json;

namespace BrewClip.Core.Text;

/// <summary>
/// Vocabularies in the Hugging Face hub's layouts: one <c>tokenizer.json</c>, or <c>vocab.json</c> with <c>merges.txt</c>; special tokens
/// and their roles from <c>added_tokens.json</c>, <c>tokenizer_config.json</c> and <c>special_tokens_map.json</c> beside them.
/// </summary>
internal static class HubVocabulary
{
    public const string TokenizerName = "tokenizer.json";
    public const string TokensName = "vocab.json";
    public const string MergesName = "merges.txt";

    /// <summary>Reads a <c>tokenizer.json</c>.</summary>
    public static BytePairVocabulary ReadTokenizer(string path) => VocabularyFile.ReadJson(path, root =>
    {
        if (!root.TryGetProperty("model", out JsonElement model) || model.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidDataException($"'{path}' has no 'model': it is not a tokenizer of the hub's kind.");
        }

        if (model.TryGetProperty("type", out JsonElement type) && type.ValueKind == JsonValueKind.String && type.GetString() != "BPE")
        {
            throw new InvalidDataException($"'{path}' is a tokenizer of type '{type.GetString()}': only BPE is read.");
        }

        if (!model.TryGetProperty("vocab", out JsonElement tokens) || !model.TryGetProperty("merges", out JsonElement merges))
        {
            throw new InvalidDataException($"'{path}' lacks the model's 'vocab' or 'merges'.");
        }

        var special = ReadAddedTokens(root, path);
        foreach (var (token, id) in SpecialTokenFiles.ReadTokens(FolderOf(path)))
        {
            special.TryAdd(token, id);
        }

        return new BytePairVocabulary(
            path, VocabularyFile.ReadTokenIds(tokens, path), ReadMerges(merges, path), ReadSuffix(model, path), special);
    });

    /// <summary>Reads <c>vocab.json</c> and <c>merges.txt</c>.</summary>
    /// <param name="tokensPath">The vocabulary's path; the merges lie beside it.</param>
    public static BytePairVocabulary ReadPair(string tokensPath)
    {
        var ids = VocabularyFile.ReadJson(tokensPath, root => VocabularyFile.ReadTokenIds(root, tokensPath));
        string mergesPath = Path.Combine(FolderOf(tokensPath), MergesName);
        var merges = new List<BytePairMerge>();
        foreach (string line in VocabularyFile.ReadLines(mergesPath))
        {
            if (line.Length > 0 && !(merges.Count == 0 && line.Contains("#version", StringComparison.Ordinal)))
            {
                merges.Add(VocabularyFile.ReadMerge(line, mergesPath, merges.Count + 1));
            }
        }

        // CLIP's flavour shows in the tokens themselves: every byte also exists at the end of a word.
        string? suffix = ids.ContainsKey("a" + ClipMergesFile.EndOfWord) ? ClipMergesFile.EndOfWord : null;
        return new BytePairVocabulary(tokensPath, ids, merges, suffix, SpecialTokenFiles.ReadTokens(FolderOf(tokensPath)));
    }

    private static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".";

    private static string? ReadSuffix(JsonElement model, string path)
    {
        if (model.TryGetProperty("continuing_subword_prefix", out JsonElement prefix) && prefix.ValueKind == JsonValueKind.String
            && prefix.GetString() is { Length: > 0 } text)
        {
            throw new InvalidDataException($"'{path}' marks continued words with '{text}': byte-level vocabularies have no such prefix.");
        }

        return model.TryGetProperty("end_of_word_suffix", out JsonElement suffix) && suffix.ValueKind == JsonValueKind.String
            ? suffix.GetString()
            : null;
    }

    private static List<BytePairMerge> ReadMerges(JsonElement merges, string path)
    {
        if (merges.ValueKind != JsonValueKind.Array)
        {
            throw new InvalidDataException($"'{path}' must list its merges in an array, but holds a JSON {merges.ValueKind}.");
        }

        var list = new List<BytePairMerge>(merges.GetArrayLength());
        foreach (JsonElement merge in merges.EnumerateArray())
        {
            list.Add(merge.ValueKind switch
            {
                JsonValueKind.String => VocabularyFile.ReadMerge(merge.GetString()!, path, list.Count + 1),
                JsonValueKind.Array when merge.GetArrayLength() == 2
                    && merge[0].ValueKind == JsonValueKind.String && merge[1].ValueKind == JsonValueKind.String =>
                    new BytePairMerge(merge[0].GetString()!, merge[1].GetString()!),
                _ => throw new InvalidDataException(
                    $"'{path}' has {VocabularyFile.Shorten(merge.GetRawText())} as merge {list.Count + 1}: a merge is two tokens."),
            });
        }

        return list;
    }

    private static Dictionary<string, int> ReadAddedTokens(JsonElement root, string path)
    {
        var special = new Dictionary<string, int>(StringComparer.Ordinal);
        if (!root.TryGetProperty("added_tokens", out JsonElement added) || added.ValueKind == JsonValueKind.Null)
        {
            return special;
        }

        if (added.ValueKind != JsonValueKind.Array)
        {
            throw new InvalidDataException($"'{path}' must list 'added_tokens' in an array, but holds a JSON {added.ValueKind}.");
        }

        foreach (JsonElement token in added.EnumerateArray())
        {
            if (token.ValueKind != JsonValueKind.Object || !token.TryGetProperty("content", out JsonElement content)
                || content.ValueKind != JsonValueKind.String || !token.TryGetProperty("id", out JsonElement id))
            {
                throw new InvalidDataException(
                    $"'{path}' has an added token without 'content' and 'id': {VocabularyFile.Shorten(token.GetRawText())}.");
            }

            string text = content.GetString()!;
            if (!special.TryAdd(text, VocabularyFile.ReadId(id, text, path)))
            {
                throw new InvalidDataException($"'{path}' adds token '{text}' twice.");
            }
        }

        return special;
    }
}
