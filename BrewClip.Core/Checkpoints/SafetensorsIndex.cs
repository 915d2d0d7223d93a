using System.Text.Json;

namespace BrewClip.Core.Checkpoints;

/// <summary>Reads <c>model.safetensors.index.json</c>: which shard holds which tensor.</summary>
internal static class SafetensorsIndex
{
    public const string FileName = "model.safetensors.index.json";
    private const long MaxLength = 100_000_000;

    /// <summary>Tensor name → file name of its shard, a plain name in the index's own folder.</summary>
    /// <exception cref="InvalidDataException">The index is not JSON, has no weight map, or points outside its folder.</exception>
    public static Dictionary<string, string> Read(string path)
    {
        long length = new FileInfo(path).Length;
        if (length > MaxLength)
        {
            throw new InvalidDataException($"'{path}' holds {length} bytes: an index of shards has at most {MaxLength}.");
        }

        try
        {
            return ReadWeightMap(path, File.ReadAllBytes(path));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"'{path}' is not a valid index of shards: {exception.Message}", exception);
        }
    }

    /// <summary>A file name that stays in its folder: no separator, no drive, no '..'.</summary>
    public static bool IsPlainFileName(string name) =>
        name.Length is > 0 and <= 255 && name is not ("." or "..") && name.AsSpan().IndexOfAny("/\\:\0") < 0;

    private static Dictionary<string, string> ReadWeightMap(string path, byte[] json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 16 });
        Dictionary<string, string>? map = null;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new InvalidDataException($"'{path}' is not a valid index of shards: it is no JSON object.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isMap = reader.ValueTextEquals("weight_map");
            reader.Read();
            if (!isMap)
            {
                reader.Skip();
            }
            else if (map is null && reader.TokenType == JsonTokenType.StartObject)
            {
                map = ReadEntries(ref reader, path);
            }
            else
            {
                throw new InvalidDataException($"'{path}' has a weight_map that is not one object.");
            }
        }

        return map is { Count: > 0 } ? map : throw new InvalidDataException($"'{path}' has no weight_map: it names no tensor.");
    }

    private static Dictionary<string, string> ReadEntries(ref Utf8JsonReader reader, string path)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string tensor = reader.GetString()!;
            reader.Read();
            string shard = reader.GetString() ?? "";
            if (!IsPlainFileName(shard))
            {
                throw new InvalidDataException(
                    $"'{path}' places tensor '{tensor}' in '{shard}': a shard is a file in the index's own folder.");
            }

            if (!map.TryAdd(tensor, shard))
            {
                throw new InvalidDataException($"'{path}' places tensor '{tensor}' twice.");
            }
        }

        return map;
    }
}
