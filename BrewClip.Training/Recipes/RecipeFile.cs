using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace BrewClip.Training.Recipes;

/// <summary>
/// Recipes as JSON with comments, names in snake_case; <c>kind</c> says which kind of recipe it is, <c>retrieval</c> where it is left out.
/// Unknown names and values of another type are refused; single values can be set from outside.
/// </summary>
public static class RecipeFile
{
    private const long LargestFile = 1 << 20;
    private const string KindKey = "kind", DefaultKind = "retrieval";

    private static readonly Dictionary<string, Type> _kinds = new(StringComparer.Ordinal)
    {
        [DefaultKind] = typeof(RetrievalRecipe),
        ["emotion_probe"] = typeof(ProbeRecipe),
        ["clip_pretraining"] = typeof(ClipRecipe),
        ["whisper_pretraining"] = typeof(WhisperRecipe),
    };

    private static readonly JsonSerializerOptions _json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        IgnoreReadOnlyProperties = true,
        WriteIndented = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
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
    /// <param name="settings">
    /// Values to set, each <c>key=value</c> with dots between levels, such as <c>training.steps=2000</c>; the last of equal keys counts.
    /// </param>
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

    /// <summary>Reads a recipe of a certain kind from a file.</summary>
    /// <inheritdoc cref="Load(string, IReadOnlyList{string}?)" path="/param|/exception"/>
    public static TRecipe Load<TRecipe>(string path, IReadOnlyList<string>? settings = null)
        where TRecipe : Recipe =>
        Expect<TRecipe>(Load(path, settings));

    /// <summary>Reads a recipe from text.</summary>
    /// <param name="json">The text.</param>
    /// <param name="source">What messages call it.</param>
    /// <param name="settings">As in <see cref="Load(string, IReadOnlyList{string}?)"/>.</param>
    public static Recipe Parse(string json, string source = "the recipe", IReadOnlyList<string>? settings = null)
    {
        try
        {
            var root = JsonNode.Parse(json, documentOptions: _document) as JsonObject
                ?? throw new InvalidDataException($"'{source}' is no JSON object: a recipe is expected.");
            var type = KindOf(root, source);
            root.Remove(KindKey);
            foreach (string setting in settings ?? [])
            {
                Set(root, type, setting);
            }

            var recipe = root.Deserialize(type, _json) as Recipe ?? throw new InvalidDataException($"'{source}' is empty.");
            recipe.Validate();
            return recipe;
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"'{source}' is no recipe: {error.Message}", error);
        }
    }

    /// <summary>The recipe as JSON that <see cref="Parse"/> reads, without comments.</summary>
    public static string Write(Recipe recipe)
    {
        var root = JsonSerializer.SerializeToNode(recipe, recipe.GetType(), _json)!.AsObject();
        root.Insert(0, KindKey, NameOf(recipe.GetType()));
        return root.ToJsonString(_json);
    }

    /// <summary>The recipe as the kind that is needed.</summary>
    /// <exception cref="InvalidDataException">It is of another kind.</exception>
    public static TRecipe Expect<TRecipe>(Recipe recipe)
        where TRecipe : Recipe =>
        recipe as TRecipe ?? throw new InvalidDataException(
            $"The recipe '{recipe.Name}' is of the kind '{NameOf(recipe.GetType())}' where one of the kind '{NameOf(typeof(TRecipe))}' is "
            + "needed.");

    /// <summary>Whether a setting has a place in a recipe's text: one for <c>training.steps</c> needs a recipe that trains.</summary>
    internal static bool HasPlaceFor(string json, string setting) =>
        JsonNode.Parse(json, documentOptions: _document) is JsonObject root
            && WhyNoPlace(root, KindOf(root, "the recipe"), Keys(setting), out _) is null;

    private static string NameOf(Type type) => _kinds.First(kind => kind.Value == type).Key;

    private static Type KindOf(JsonObject root, string source)
    {
        string? kind = root.TryGetPropertyValue(KindKey, out var node)
            ? node is JsonValue value && value.TryGetValue(out string? text) ? text : node?.ToJsonString() ?? "null"
            : DefaultKind;
        return _kinds.TryGetValue(kind, out var type)
            ? type
            : throw new InvalidDataException(
                $"'{source}' is of the kind '{kind}', which there is not: {string.Join(", ", _kinds.Keys)} are.");
    }

    private static void Set(JsonObject root, Type type, string setting)
    {
        string[] keys = Keys(setting);
        if (WhyNoPlace(root, type, keys, out var target) is { } reason)
        {
            throw new InvalidDataException($"'{setting}' sets nothing: {reason}.");
        }

        target[keys[^1]] = Value(setting[(setting.IndexOf('=', StringComparison.Ordinal) + 1)..]);
    }

    private static string[] Keys(string setting)
    {
        int equals = setting.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? setting[..equals].Split('.')
            : throw new InvalidDataException($"'{setting}' sets nothing: key=value is expected, such as training.steps=2000.");
    }

    // By the types, so that a misspelt key is named as it was written, and by the values, since a part that is missing cannot be set
    // within.
    private static string? WhyNoPlace(JsonObject root, Type type, string[] keys, out JsonObject target)
    {
        target = root;
        string name = NameOf(type);
        for (int i = 0; i < keys.Length; i++)
        {
            string path = string.Join('.', keys[..(i + 1)]);
            var property = _json.GetTypeInfo(type).Properties.FirstOrDefault(
                property => property.Name == keys[i] && property.Set is not null);
            if (property is null)
            {
                return $"a recipe of the kind '{name}' has no '{path}'";
            }

            if (i < keys.Length - 1)
            {
                if (target[keys[i]] is not JsonObject inner)
                {
                    return $"the recipe has no '{path}' that holds values";
                }

                (target, type) = (inner, property.PropertyType);
            }
        }

        return null;
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
