using System.Globalization;
using System.Text.Json;

namespace BrewClip.Data.TextFiles;

/// <summary>Fields of a JSON object that came from a file: anything unexpected is a <see cref="FormatException"/> that names the
/// field.</summary>
internal static class JsonFields
{
    /// <summary>Whether an exception means that the JSON is not what it should be, rather than that reading failed.</summary>
    public static bool IsFault(Exception exception) => exception is JsonException or FormatException or InvalidOperationException;

    /// <exception cref="FormatException">The value is no object.</exception>
    public static JsonElement RequireObject(JsonElement element, string what) =>
        element.ValueKind == JsonValueKind.Object ? element : throw new FormatException($"{what} is no object.");

    /// <summary>A string, or a number as text; null where the field is absent or null.</summary>
    public static string? Text(JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out var value))
        {
            return null;
        }

        return value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => throw new FormatException($"'{name}' is no text."),
        };
    }

    /// <exception cref="FormatException">The field is absent or empty.</exception>
    public static string RequireText(JsonElement element, string name) =>
        Text(element, name) is { Length: > 0 } text ? text : throw new FormatException($"there is no '{name}'.");

    /// <summary>A number, written as one or as text.</summary>
    public static double Number(JsonElement element, string name) =>
        double.TryParse(Text(element, name), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw new FormatException($"'{name}' is no number.");

    /// <summary>The elements of a list; none where the field is absent or null.</summary>
    public static IEnumerable<JsonElement> Items(JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        return value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : throw new FormatException($"'{name}' is no list.");
    }
}
