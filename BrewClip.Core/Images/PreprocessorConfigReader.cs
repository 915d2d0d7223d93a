using System.Text.Json;

namespace BrewClip.Core.Images;

/// <summary>
/// Reads the hub's <c>preprocessor_config.json</c> in the forms that CLIP models carry, old (sizes as numbers) and new (as objects).
/// </summary>
internal sealed class PreprocessorConfigReader
{
    /// <summary>Pillow's number for the bicubic filter.</summary>
    private const int Bicubic = 3;
    private const double RescaleFactor = 1.0 / 255;

    private readonly JsonElement _root;
    private readonly string _name;

    private PreprocessorConfigReader(JsonElement root, string name)
    {
        _root = root;
        _name = name;
    }

    public static ClipImageProcessorConfig Read(string json, string name)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new InvalidDataException($"'{name}' is not a JSON object.");
            }

            return new PreprocessorConfigReader(document.RootElement, name).Read();
        }
        catch (JsonException malformed)
        {
            throw new InvalidDataException($"'{name}' is not JSON: {malformed.Message}", malformed);
        }
        catch (Exception malformed) when (malformed is ArgumentException or InvalidOperationException)
        {
            // The parser's answers to half a surrogate pair, as it is or escaped.
            throw new InvalidDataException($"'{name}' is not Unicode text: {malformed.Message}", malformed);
        }
    }

    private ClipImageProcessorConfig Read()
    {
        RequireTrue("do_resize");
        RequireTrue("do_center_crop");
        RequireTrue("do_rescale");
        RequireTrue("do_normalize");
        RequireNumber("resample", Bicubic, "3 (bicubic)");
        RequireNumber("rescale_factor", RescaleFactor, "1/255");
        var defaults = new ClipImageProcessorConfig();
        int? crop = Size("crop_size");
        int? shortSide = Size("size");
        int size = crop ?? shortSide ?? defaults.Size;
        var config = new ClipImageProcessorConfig
        {
            Size = size,
            ShortSide = shortSide is int resized && resized != size ? resized : null,
            Mean = Triple("image_mean") ?? defaults.Mean,
            StandardDeviation = Triple("image_std") ?? defaults.StandardDeviation,
        };
        config.Validate(_name);
        return config;
    }

    private JsonElement? Find(string property) =>
        _root.TryGetProperty(property, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>Steps that are absent are done, as by the hub's own processor; a model that leaves one out is no CLIP.</summary>
    private void RequireTrue(string property)
    {
        if (Find(property) is { ValueKind: not JsonValueKind.True } value)
        {
            throw Unsupported(property, value, "true");
        }
    }

    private void RequireNumber(string property, double expected, string description)
    {
        if (Find(property) is JsonElement value
            && (value.ValueKind != JsonValueKind.Number || Math.Abs(value.GetDouble() - expected) > 1e-9))
        {
            throw Unsupported(property, value, description);
        }
    }

    private int? Size(string property)
    {
        if (Find(property) is not JsonElement value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            value = value.TryGetProperty("shortest_edge", out JsonElement edge) ? edge : Square(property, value);
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int size)
            ? size
            : throw Unsupported(property, value, "a whole number, {\"shortest_edge\": n} or {\"height\": n, \"width\": n}");
    }

    private JsonElement Square(string property, JsonElement value)
    {
        if (!value.TryGetProperty("height", out JsonElement height) || !value.TryGetProperty("width", out JsonElement width)
            || height.GetRawText() != width.GetRawText())
        {
            throw Unsupported(property, value, "a square: equal height and width, or a shortest_edge");
        }

        return height;
    }

    private float[]? Triple(string property)
    {
        if (Find(property) is not JsonElement value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() != 3
            || value.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.Number))
        {
            throw Unsupported(property, value, "three numbers");
        }

        return [.. value.EnumerateArray().Select(item => (float)item.GetDouble())];
    }

    private InvalidDataException Unsupported(string property, JsonElement value, string expected)
    {
        string text = value.GetRawText();
        string shown = text.Length > 80 ? text[..80] + "…" : text;
        return new InvalidDataException($"'{_name}' has \"{property}\": {shown}, where {expected} is needed.");
    }
}
