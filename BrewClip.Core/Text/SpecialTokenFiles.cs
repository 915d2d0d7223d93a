using System.Globalization;
using System.Text.Json;

namespace BrewClip.Core.Text;

/// <summary>The small files beside a hub vocabulary that add special tokens and say which token plays which role.</summary>
internal static class SpecialTokenFiles
{
    /// <summary>
    /// Tokens and ids of <c>added_tokens.json</c> and of <c>added_tokens_decoder</c> in <c>tokenizer_config.json</c>; empty where neither
    /// exists.
    /// </summary>
    public static Dictionary<string, int> ReadTokens(string folder)
    {
        var tokens = new Dictionary<string, int>(StringComparer.Ordinal);
        string added = Path.Combine(folder, "added_tokens.json");
        if (File.Exists(added))
        {
            tokens = VocabularyFile.ReadJson(added, root => VocabularyFile.ReadTokenIds(root, added));
        }

        string config = Path.Combine(folder, "tokenizer_config.json");
        if (File.Exists(config))
        {
            VocabularyFile.ReadJson(config, root => ReadDecoder(root, config, tokens));
        }

        return tokens;
    }

    /// <summary>
    /// The token that plays <paramref name="role"/> (<c>bos_token</c>, <c>eos_token</c>, <c>pad_token</c>): from
    /// <c>special_tokens_map.json</c>, else from <c>tokenizer_config.json</c>, else null.
    /// </summary>
    public static string? RoleOf(string folder, string role)
    {
        foreach (string name in new[] { "special_tokens_map.json", "tokenizer_config.json" })
        {
            string path = Path.Combine(folder, name);
            if (File.Exists(path) && VocabularyFile.ReadJson(path, root => ReadRole(root, role)) is { } token)
            {
                return token;
            }
        }

        return null;
    }

    private static string? ReadRole(JsonElement root, string role)
    {
        if (!root.TryGetProperty(role, out JsonElement value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("content", out JsonElement content))
        {
            value = content;
        }

        return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }

    private static int ReadDecoder(JsonElement root, string path, Dictionary<string, int> tokens)
    {
        if (!root.TryGetProperty("added_tokens_decoder", out JsonElement decoder) || decoder.ValueKind != JsonValueKind.Object)
        {
            return 0;
        }

        foreach (JsonProperty entry in decoder.EnumerateObject())
        {
            if (!int.TryParse(entry.Name, NumberStyles.None, CultureInfo.InvariantCulture, out int id)
                || entry.Value.ValueKind != JsonValueKind.Object
                || !entry.Value.TryGetProperty("content", out JsonElement content) || content.ValueKind != JsonValueKind.String)
            {
                throw new InvalidDataException(
                    $"'{path}' has '{VocabularyFile.Shorten(entry.Name)}' among its added tokens: each is an id with its 'content'.");
            }

            string token = content.GetString()!;
            if (tokens.TryGetValue(token, out int other) && other != id)
            {
                throw new InvalidDataException(
                    $"'{path}' gives token '{token}' the id {id}, where 'added_tokens.json' or an earlier entry says {other}.");
            }

            tokens[token] = id;
        }

        return tokens.Count;
    }
}
