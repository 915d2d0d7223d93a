using System.Text;
using System.Text.Json;

namespace BrewClip.Core.Text;

/// <summary>Reads the files that vocabularies come in, with the size bounded and every failure a sentence naming the file.</summary>
internal static class VocabularyFile
{
    // The largest published tokenizer.json is near 40 MB; what is far larger is no vocabulary and must not fill the memory.
    private const long LargestFile = 128L << 20;

    /// <summary>The whole of a file, with a byte order mark dropped.</summary>
    public static byte[] ReadBytes(string path)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"'{path}' does not exist: a tokenizer needs it.", path);
        }

        using FileStream stream = File.OpenRead(path);
        return ReadBounded(stream, path);
    }

    /// <summary>Everything that <paramref name="stream"/> holds, refusing more than a vocabulary can be.</summary>
    public static byte[] ReadBounded(Stream stream, string path)
    {
        using var content = new MemoryStream();
        var buffer = new byte[81920];
        for (int count; (count = stream.Read(buffer)) > 0;)
        {
            content.Write(buffer, 0, count);
            if (content.Length > LargestFile)
            {
                throw new InvalidDataException($"'{path}' holds more than {LargestFile} bytes: it is not a vocabulary.");
            }
        }

        byte[] bytes = content.ToArray();
        return bytes is [0xEF, 0xBB, 0xBF, ..] ? bytes[3..] : bytes;
    }

    /// <summary>The lines of a UTF-8 file, without their ends; text that is not UTF-8 is refused.</summary>
    public static string[] ReadLines(string path) => Lines(ReadBytes(path), path);

    public static string[] Lines(byte[] bytes, string path)
    {
        try
        {
            string text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
            return text.Split('\n').Select(line => line.TrimEnd('\r')).ToArray();
        }
        catch (DecoderFallbackException failure)
        {
            throw new InvalidDataException(
                $"'{path}' is not UTF-8 text (bad byte near offset {failure.Index}): save it as UTF-8.", failure);
        }
    }

    /// <summary>Parses a JSON file whose root is an object and hands it to <paramref name="read"/>.</summary>
    public static T ReadJson<T>(string path, Func<JsonElement, T> read)
    {
        byte[] bytes = ReadBytes(path);
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new InvalidDataException($"'{path}' holds a JSON {document.RootElement.ValueKind}, not an object.");
            }

            return read(document.RootElement);
        }
        catch (JsonException failure)
        {
            throw new InvalidDataException($"'{path}' is not valid JSON: {failure.Message}", failure);
        }
        catch (InvalidOperationException failure)
        {
            // Strings with escaped lone surrogates or bytes that are not UTF-8 only fail when they are read.
            throw new InvalidDataException($"'{path}' holds a JSON string that is not Unicode text: {failure.Message}", failure);
        }
    }

    /// <summary>The members of an object of token to id.</summary>
    public static Dictionary<string, int> ReadTokenIds(JsonElement tokens, string path)
    {
        if (tokens.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidDataException($"'{path}' must map tokens to ids, but holds a JSON {tokens.ValueKind} there.");
        }

        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (JsonProperty token in tokens.EnumerateObject())
        {
            if (!ids.TryAdd(token.Name, ReadId(token.Value, token.Name, path)))
            {
                throw new InvalidDataException($"'{path}' lists token '{token.Name}' twice.");
            }
        }

        return ids;
    }

    public static int ReadId(JsonElement value, string token, string path) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int id) && id >= 0
            ? id
            : throw new InvalidDataException(
                $"'{path}' gives token '{token}' the id {Shorten(value.GetRawText())}: an id is a whole number, 0 or more.");

    /// <summary>The two tokens of one line of a list of merges.</summary>
    public static BytePairMerge ReadMerge(string line, string path, int number)
    {
        int space = line.IndexOf(' ');
        if (space <= 0 || space == line.Length - 1 || line.IndexOf(' ', space + 1) >= 0)
        {
            throw new InvalidDataException(
                $"'{path}' has '{Shorten(line)}' as merge {number}: a merge is two tokens with one space between.");
        }

        return new BytePairMerge(line[..space], line[(space + 1)..]);
    }

    public static string Shorten(string value) => value.Length <= 60 ? value : value[..60] + "…";
}
