using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using BrewClip.Core.Checkpoints;

namespace BrewClip.Core.Text;

/// <summary>
/// Saves a vocabulary in the hub's layout: <c>vocab.json</c>, <c>merges.txt</c>, <c>tokenizer.json</c>, <c>special_tokens_map.json</c>,
/// <c>tokenizer_config.json</c>, and for Whisper <c>added_tokens.json</c>. Each file is written beside its place and renamed.
/// </summary>
public static class HubVocabularyWriter
{
    // The patterns as the hub's tokenizers state them; BrewClip itself scans by hand.
    private const string ClipPattern = @"<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+";

    private static readonly JsonWriterOptions _options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the files into <paramref name="folder"/>, which is created where missing.</summary>
    /// <param name="vocabulary">One that a tokenizer loaded or <see cref="BytePairTrainer"/> learned, special tokens included.</param>
    /// <param name="folder">Where to; files of these names are replaced.</param>
    public static void Save(BytePairVocabulary vocabulary, string folder)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        Directory.CreateDirectory(folder);
        bool clip = vocabulary.EndOfWordSuffix is not null;
        var special = vocabulary.SpecialTokens.OrderBy(pair => pair.Value).ToArray();

        // CLIP's two special tokens stand in its vocabulary; Whisper's follow in a file of their own.
        var tokens = vocabulary.TokenIds.Concat(clip ? special.Where(pair => !vocabulary.TokenIds.ContainsKey(pair.Key)) : [])
            .OrderBy(pair => pair.Value).ToArray();
        WriteJson(Path.Combine(folder, HubVocabulary.TokensName), writer => WriteIds(writer, tokens));
        if (!clip)
        {
            WriteJson(Path.Combine(folder, "added_tokens.json"), writer => WriteIds(writer, special));
        }

        var merges = new StringBuilder("#version: 0.2\n");
        foreach (BytePairMerge merge in vocabulary.Merges)
        {
            merges.Append(merge.Left).Append(' ').Append(merge.Right).Append('\n');
        }

        AtomicFile.WriteAllText(Path.Combine(folder, HubVocabulary.MergesName), merges.ToString());
        WriteJson(Path.Combine(folder, "special_tokens_map.json"), writer => WriteRoles(writer, clip, tokenizerClass: null));
        WriteJson(
            Path.Combine(folder, "tokenizer_config.json"), writer => WriteRoles(writer, clip, clip ? "CLIPTokenizer" : "WhisperTokenizer"));
        WriteJson(Path.Combine(folder, HubVocabulary.TokenizerName), writer => WriteTokenizer(writer, vocabulary, tokens, special));
    }

    private static void WriteJson(string path, Action<Utf8JsonWriter> write) => AtomicFile.Write(path, stream =>
    {
        using var writer = new Utf8JsonWriter(stream, _options);
        writer.WriteStartObject();
        write(writer);
        writer.WriteEndObject();
    });

    private static void WriteIds(Utf8JsonWriter writer, IEnumerable<KeyValuePair<string, int>> tokens)
    {
        foreach (var (token, id) in tokens)
        {
            writer.WriteNumber(token, id);
        }
    }

    private static void WriteRoles(Utf8JsonWriter writer, bool clip, string? tokenizerClass)
    {
        writer.WriteString("bos_token", clip ? ClipMergesFile.StartOfText : WhisperSpecialTokens.EndOfText);
        writer.WriteString("eos_token", ClipMergesFile.EndOfText);
        writer.WriteString("pad_token", ClipMergesFile.EndOfText);
        writer.WriteString("unk_token", ClipMergesFile.EndOfText);
        if (tokenizerClass is not null)
        {
            writer.WriteString("tokenizer_class", tokenizerClass);
        }
    }

    private static void WriteTokenizer(
        Utf8JsonWriter writer, BytePairVocabulary vocabulary, KeyValuePair<string, int>[] tokens, KeyValuePair<string, int>[] special)
    {
        bool clip = vocabulary.EndOfWordSuffix is not null;
        writer.WriteString("version", "1.0");
        writer.WriteNull("truncation");
        writer.WriteNull("padding");
        writer.WriteStartArray("added_tokens");
        foreach (var (token, id) in special)
        {
            writer.WriteStartObject();
            writer.WriteNumber("id", id);
            writer.WriteString("content", token);
            foreach (string flag in new[] { "single_word", "lstrip", "rstrip", "normalized" })
            {
                writer.WriteBoolean(flag, false);
            }

            writer.WriteBoolean("special", true);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        WriteSteps(writer, clip);
        writer.WriteStartObject("model");
        writer.WriteString("type", "BPE");
        writer.WriteNull("dropout");
        writer.WriteString("unk_token", ClipMergesFile.EndOfText);
        writer.WriteString("continuing_subword_prefix", "");
        writer.WriteString("end_of_word_suffix", vocabulary.EndOfWordSuffix ?? "");
        writer.WriteBoolean("fuse_unk", false);
        writer.WriteStartObject("vocab");
        WriteIds(writer, tokens);
        writer.WriteEndObject();
        writer.WriteStartArray("merges");
        foreach (BytePairMerge merge in vocabulary.Merges)
        {
            writer.WriteStringValue($"{merge.Left} {merge.Right}");
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    // What happens to text before and after merging, in the words of the hub's tokenizers library.
    private static void WriteSteps(Utf8JsonWriter writer, bool clip)
    {
        writer.WritePropertyName("normalizer");
        writer.WriteRawValue(clip
            ? """{"type":"Sequence","normalizers":[{"type":"NFC"},{"type":"Replace","pattern":{"Regex":"\\s+"},"content":" "},{"type":"Lowercase"}]}"""
            : "null");
        const string ByteLevel = """{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":USE}""";
        writer.WritePropertyName("pre_tokenizer");
        writer.WriteRawValue(clip
            ? $$$"""{"type":"Sequence","pretokenizers":[{"type":"Split","pattern":{"Regex":{{{JsonSerializer.Serialize(ClipPattern)}}}},"behavior":"Removed","invert":true},{{{ByteLevel.Replace("USE", "false")}}}]}"""
            : ByteLevel.Replace("USE", "true"));
        writer.WriteNull("post_processor");
        writer.WritePropertyName("decoder");
        writer.WriteRawValue(ByteLevel.Replace("USE", "true"));
    }
}
