using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace BrewClip.Training.Recipes;

/// <summary>
/// Recipes as JSON with comments, names in snake_case. Unknown names and values of another type are refused; single values can be set from
/// outside.
/// </summary>
public static class RecipeFile
{
    private const long LargestFile = 1 << 20;

    private static readonly JsonSerializerOptions _json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    private static readonly JsonDocumentOptions _document = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
    };

    /// <summary>Reads a recipe from a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="settings">Values to set, each <c>key=value</c> with dots between levels, such as <c>training.steps=2000</c>; the last of equal keys counts.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file or a setting is wrong; the message names the place.</exception>
    public static Recipe Load(string path, IReadOnlyList<string>? settings = null)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no recipe '{path}'.", path);
        }

        if (new FileInfo(path).Length > LargestFile)
        {
            throw new InvalidDataException($"'{path}' is larger than a recipe can be ({LargestFile} bytes).");
        }

        return Parse(File.ReadAllText(path), path, settings);
    }

    /// <summary>Reads a recipe from text.</summary>
    /// <param name="json">The text.</param>
    /// <param name="source">What messages call it.</param>
    /// <param name="settings">As in <see cref="Load"/>.</param>
    public static Recipe Parse(string json, string source = "the recipe", IReadOnlyList<string>? settings = null)
    {
        try
        {
            var root = JsonNode.Parse(json, documentOptions: _document) as JsonObject
                ?? throw new InvalidDataException($"'{source}' is no JSON object: a recipe is expected.");
            foreach (string setting in settings ?? [])
            {
                Set(root, setting);
            }

            var recipe = root.Deserialize<Recipe>(_json) ?? throw new InvalidDataException($"'{source}' is empty.");
            recipe.Validate();
            return recipe;
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"'{source}' is no recipe: {error.Message}", error);
        }
    }

    /// <summary>The recipe as JSON that <see cref="Parse"/> reads, without comments.</summary>
    public static string Write(Recipe recipe) => JsonSerializer.Serialize(recipe, _json);

    private static void Set(JsonObject root, string setting)
    {
        int equals = setting.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
        {
            throw new InvalidDataException($"'{setting}' sets nothing: key=value is expected, such as training.steps=2000.");
        }

        string[] keys = setting[..equals].Split('.');
        var target = root;
        foreach (string key in keys[..^1])
        {
            if (target[key] is not JsonObject inner)
            {
                throw new InvalidDataException($"'{setting}' sets nothing: the recipe has no '{key}' that holds values.");
            }

            target = inner;
        }

        target[keys[^1]] = Value(setting[(equals + 1)..]);
    }

    // Numbers, true, false, null, lists and quoted texts as JSON has them; anything else is a text.
    private static JsonNode? Value(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: _document);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }
}
