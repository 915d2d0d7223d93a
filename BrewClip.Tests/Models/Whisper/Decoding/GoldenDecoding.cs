using System.Text.Json;
using BrewClip.Core.Text;
using BrewClip.Models.Whisper.Decoding;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Models.Whisper.Decoding;

/// <summary>The reference's decodings of the short golden recording.</summary>
internal sealed record GoldenDecoding(string Name, DecodingOptions Options, JsonElement Expected)
{
    private static readonly Lazy<JsonElement> _file = new(
        () => JsonDocument.Parse(File.ReadAllText(TestFiles.Golden("whisper", "decode.json"))).RootElement);

    public static JsonElement Languages => _file.Value.GetProperty("detect_language");

    public static IEnumerable<string> Names =>
        _file.Value.EnumerateObject().Select(item => item.Name).Where(name => name != "detect_language");

    public int[] Tokens => Expected.GetProperty("tokens").Deserialize<int[]>()!;

    /// <summary>
    /// Options as the file states them; without the published vocabulary, its texts and its list of non-speech tokens stand as ids.
    /// </summary>
    public static GoldenDecoding Read(string name, bool idsOnly)
    {
        var expected = _file.Value.GetProperty(name);
        var stated = expected.GetProperty("options");
        var options = new DecodingOptions
        {
            Task = Text(stated, "task") == "translate" ? WhisperTask.Translate : WhisperTask.Transcribe,
            Language = Text(stated, "language"),
            MaxTokens = stated.TryGetProperty("sample_len", out var length) ? length.GetInt32() : null,
            BeamSize = stated.TryGetProperty("beam_size", out var beams) ? beams.GetInt32() : null,
            Patience = stated.TryGetProperty("patience", out var patience) ? patience.GetDouble() : null,
            LengthPenalty = stated.TryGetProperty("length_penalty", out var penalty) ? penalty.GetDouble() : null,
            SuppressBlank = !stated.TryGetProperty("suppress_blank", out var blank) || blank.GetBoolean(),
            Timestamps = !stated.TryGetProperty("without_timestamps", out var without) || !without.GetBoolean(),
            SuppressTokens = Suppressed(Text(stated, "suppress_tokens"), idsOnly),
        };
        if (Text(stated, "prompt") is { } prompt)
        {
            // " hello world" and " And so" in the published vocabulary.
            options = idsOnly
                ? options with { PromptTokens = [7751, 1002], PrefixTokens = [400, 370] }
                : options with { Prompt = prompt, Prefix = Text(stated, "prefix") };
        }

        return new GoldenDecoding(name, options, expected);
    }

    /// <summary>The token lists that goldens state in words.</summary>
    public static IReadOnlyList<int> Suppressed(string? stated, bool idsOnly) => stated switch
    {
        null => idsOnly ? WhisperTokenizers.NonSpeech : [DecodingOptions.NonSpeechTokens],
        "" => [],
        "every id below 50257 that 997 does not divide" => [.. Enumerable.Range(0, 50257).Where(id => id % 997 != 0)],
        "every id above 50364, and every other id but 50257 that 9973 does not divide" =>
            [.. Enumerable.Range(0, 51865).Where(id => id > 50364 || (id != 50257 && id % 9973 != 0))],
        _ => throw new InvalidDataException($"The goldens state '{stated}', which this test does not know."),
    };

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
