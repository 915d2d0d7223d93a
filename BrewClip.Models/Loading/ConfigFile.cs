using System.Text.Json;
using System.Text.Json.Nodes;

namespace BrewClip.Models.Loading;

/// <summary>One JSON object of a model folder, read with sentences for what is missing, mistyped or out of bounds.</summary>
internal sealed class ConfigFile
{
    /// <summary>
    /// No published width, depth or vocabulary comes near this: a larger number in a file is damage, and nothing is allocated for it.
    /// </summary>
    public const int LargestSize = 1 << 20;

    /// <summary>The deepest published network has 48 layers; every layer is listed by name before a weight is looked at.</summary>
    private const int LargestDepth = 1024;

    private const int LargestFile = 16 << 20;
    private const int LongestQuote = 200;

    private readonly JsonObject _values;

    private ConfigFile(JsonObject values, string source)
    {
        _values = values;
        Source = source;
    }

    /// <summary>What messages call this object: a quoted path, or a path and the name of a part.</summary>
    public string Source { get; }

    public static ConfigFile Load(string path)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException(
                $"'{Path.GetDirectoryName(path)}' lacks {Path.GetFileName(path)}: a model folder holds config.json beside its weights.",
                path);
        }

        return new FileInfo(path).Length <= LargestFile
            ? Parse(File.ReadAllText(path), $"'{path}'")
            : throw new InvalidDataException($"'{path}' has more than {LargestFile >> 20} MiB: it is no model's configuration.");
    }

    public static ConfigFile Parse(string json, string source)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            CheckTexts(document.RootElement);
            return JsonNode.Parse(json) is JsonObject values
                ? new ConfigFile(values, source)
                : throw new InvalidDataException($"{source} is not a JSON object.");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"{source} is not valid JSON: {exception.Message}", exception);
        }
    }

    public bool Has(string name) => _values[name] is not null;

    /// <summary>The object of that name, or an empty one.</summary>
    public ConfigFile Part(string name) => _values[name] switch
    {
        null => new ConfigFile([], $"{Source}, {name}"),
        JsonObject part => new ConfigFile(part, $"{Source}, {name}"),
        _ => throw Wrong(name, "an object"),
    };

    /// <summary>This object with every value that <paramref name="other"/> gives in place of its own.</summary>
    public ConfigFile OverlaidWith(ConfigFile other)
    {
        var merged = (JsonObject)_values.DeepClone();
        foreach (var (name, value) in other._values)
        {
            if (value is not null)
            {
                merged[name] = value.DeepClone();
            }
        }

        return new ConfigFile(merged, Source);
    }

    /// <summary>A size: at least 1 and at most <paramref name="largest"/>.</summary>
    public int Size(string name, int otherwise, int largest = LargestSize)
    {
        int value = Integer(name) ?? otherwise;
        return value >= 1 && value <= largest
            ? value
            : throw new InvalidDataException($"{Source} says {name} = {value}: a size is between 1 and {largest}.");
    }

    /// <summary>A number of layers: at least 1 and at most 1024.</summary>
    public int Depth(string name, int otherwise) => Size(name, otherwise, LargestDepth);

    /// <summary>What a norm adds to the variance: above 0 and below 1.</summary>
    public double Epsilon(string name, double otherwise)
    {
        double value = Number(name) ?? otherwise;
        return value is > 0 and < 1
            ? value
            : throw new InvalidDataException($"{Source} says {name} = {value}: a number above 0 and below 1 is expected.");
    }

    public int? Integer(string name) => _values[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out int number) => number,
        JsonValue value when value.TryGetValue(out double number) && double.IsInteger(number) && Math.Abs(number) < int.MaxValue =>
            (int)number,
        _ => throw Wrong(name, "a whole number"),
    };

    public double? Number(string name) => _values[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out double number) && double.IsFinite(number) => number,
        _ => throw Wrong(name, "a number"),
    };

    public bool? Flag(string name) => _values[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out bool flag) => flag,
        _ => throw Wrong(name, "true or false"),
    };

    public string? Text(string name) => _values[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out string? text) => text,
        _ => throw Wrong(name, "a string"),
    };

    /// <summary>A list of whole numbers, or null where the file has none.</summary>
    public IReadOnlyList<int>? Integers(string name) => _values[name] switch
    {
        null => null,
        JsonArray array => [.. array.Select(item => AsInteger(item, name))],
        _ => throw Wrong(name, "a list of whole numbers"),
    };

    /// <summary>A list of pairs of whole numbers; a null within a pair is -1.</summary>
    public IReadOnlyList<(int First, int Second)>? Pairs(string name) => _values[name] switch
    {
        null => null,
        JsonArray array => [.. array.Select(item => item is JsonArray { Count: 2 } pair
            ? (AsInteger(pair[0], name), AsInteger(pair[1], name))
            : throw Wrong(name, "a list of pairs"))],
        _ => throw Wrong(name, "a list of pairs"),
    };

    /// <summary>A map from names to whole numbers, or null where the file has none.</summary>
    public IReadOnlyDictionary<string, int>? Map(string name) => _values[name] switch
    {
        null => null,
        JsonObject map => map.ToDictionary(item => item.Key, item => AsInteger(item.Value, name)),
        _ => throw Wrong(name, "an object of whole numbers"),
    };

    private int AsInteger(JsonNode? node, string name) => node switch
    {
        null => -1,
        JsonValue value when value.TryGetValue(out int number) => number,
        _ => throw Wrong(name, "whole numbers"),
    };

    private InvalidDataException Wrong(string name, string wanted)
    {
        string value = _values[name]!.ToJsonString();
        return new($"{Source} says {name} = {(value.Length > LongestQuote ? value[..LongestQuote] + "…" : value)}: {wanted} is expected.");
    }

    // Half of a surrogate pair passes as JSON, and is found to be no text only when it is asked for.
    private static void CheckTexts(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    _ = property.Name;
                    CheckTexts(property.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    CheckTexts(item);
                }

                break;
            case JsonValueKind.String:
                _ = element.GetString();
                break;
        }
    }
}
