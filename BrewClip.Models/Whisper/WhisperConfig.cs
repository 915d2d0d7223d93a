using System.Text.Json.Nodes;
using BrewClip.Models.Loading;

namespace BrewClip.Models.Whisper;

/// <summary>
/// Shape of a Whisper model, from the hub's <c>config.json</c> or from OpenAI's own list of dimensions. Defaults are those of the hub's
/// definition (tiny), which its files may leave out.
/// </summary>
public sealed record WhisperConfig
{
    /// <summary>The smallest vocabulary of a model that knows other languages than English (whisper/model.py: is_multilingual).</summary>
    public const int SmallestMultilingualVocabulary = 51865;

    // Eleven minutes. A table of positions that the file lacks is computed, so that nothing else bounds it.
    private const int LargestAudio = 1 << 15;

    /// <summary>Mel bins of the input: 80, or 128 from large-v3 on. Default 80.</summary>
    public int MelBins { get; init; } = 80;

    /// <summary>Width of both halves. Default 384.</summary>
    public int Width { get; init; } = 384;

    /// <summary>Layers of the encoder. Default 4.</summary>
    public int EncoderLayers { get; init; } = 4;

    /// <summary>Attention heads of each encoder layer; they divide the width. Default 6.</summary>
    public int EncoderAttentionHeads { get; init; } = 6;

    /// <summary>Width within each encoder layer's feed-forward half. Default 1536.</summary>
    public int EncoderFeedForward { get; init; } = 1536;

    /// <summary>Layers of the decoder. Default 4.</summary>
    public int DecoderLayers { get; init; } = 4;

    /// <summary>Attention heads of each decoder layer; they divide the width. Default 6.</summary>
    public int DecoderAttentionHeads { get; init; } = 6;

    /// <summary>Width within each decoder layer's feed-forward half. Default 1536.</summary>
    public int DecoderFeedForward { get; init; } = 1536;

    /// <summary>Tokens, special ones and timestamps among them.</summary>
    public int VocabularySize { get; init; } = SmallestMultilingualVocabulary;

    /// <summary>Positions of the encoder, each 20 ms: 1500 for 30 s.</summary>
    public int AudioPositions { get; init; } = 1500;

    /// <summary>Positions of the decoder, prompt included: 448.</summary>
    public int TextPositions { get; init; } = 448;

    /// <summary>Mel frames of the input, each 10 ms: two for each position.</summary>
    public int MelFrames => 2 * AudioPositions;

    /// <summary>Whether the model knows other languages than English.</summary>
    public bool IsMultilingual => VocabularySize >= SmallestMultilingualVocabulary;

    /// <summary>How many languages the vocabulary names (whisper/model.py: num_languages): 99, or 100 from large-v3 on; 0 for a smaller
    /// vocabulary than OpenAI's, whose tokenizer alone knows.</summary>
    public int Languages => Math.Max(0, VocabularySize - 51765 - (IsMultilingual ? 1 : 0));

    /// <summary>Whether the decoder has this head.</summary>
    public bool Has(AlignmentHead head) => (uint)head.Layer < DecoderLayers && (uint)head.Head < DecoderAttentionHeads;

    /// <summary>Reads <c>config.json</c>.</summary>
    /// <param name="folderOrFile">The file, or the folder that holds it.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is not the configuration of a Whisper model, or contradicts itself.</exception>
    public static WhisperConfig Load(string folderOrFile) =>
        Read(ConfigFile.Load(Directory.Exists(folderOrFile) ? Path.Combine(folderOrFile, "config.json") : folderOrFile));

    /// <summary>Reads the text of a <c>config.json</c>.</summary>
    /// <param name="json">The text.</param>
    /// <param name="source">What messages call it.</param>
    public static WhisperConfig Parse(string json, string source = "config.json") => Read(ConfigFile.Parse(json, source));

    /// <summary>The text of a <c>config.json</c> of the hub that says the same.</summary>
    public string ToJson() => ConfigWriter.Write(new JsonObject
    {
        ["model_type"] = "whisper",
        ["architectures"] = new JsonArray("WhisperForConditionalGeneration"),
        ["num_mel_bins"] = MelBins,
        ["d_model"] = Width,
        ["encoder_layers"] = EncoderLayers,
        ["encoder_attention_heads"] = EncoderAttentionHeads,
        ["encoder_ffn_dim"] = EncoderFeedForward,
        ["decoder_layers"] = DecoderLayers,
        ["decoder_attention_heads"] = DecoderAttentionHeads,
        ["decoder_ffn_dim"] = DecoderFeedForward,
        ["vocab_size"] = VocabularySize,
        ["max_source_positions"] = AudioPositions,
        ["max_target_positions"] = TextPositions,
        ["activation_function"] = "gelu",
        ["scale_embedding"] = false,
        ["tie_word_embeddings"] = true,
    });

    internal static WhisperConfig Read(ConfigFile file)
    {
        if (file.Text("model_type") is { } type && type != "whisper")
        {
            throw new InvalidDataException($"{file.Source} is the configuration of a '{type}' model: 'whisper' is expected.");
        }

        var config = file.Has("n_audio_state") ? ReadDimensions(file) : ReadHub(file);
        config.Validate(file.Source);
        return config;
    }

    private static WhisperConfig ReadHub(ConfigFile file)
    {
        Expect(file, "activation_function", file.Text("activation_function") ?? "gelu", "gelu");
        Expect(file, "scale_embedding", file.Flag("scale_embedding") ?? false, false);
        Expect(file, "tie_word_embeddings", file.Flag("tie_word_embeddings") ?? true, true);
        var defaults = new WhisperConfig();
        return new WhisperConfig
        {
            MelBins = file.Size("num_mel_bins", defaults.MelBins),
            Width = file.Size("d_model", defaults.Width),
            EncoderLayers = file.Depth("encoder_layers", defaults.EncoderLayers),
            EncoderAttentionHeads = file.Size("encoder_attention_heads", defaults.EncoderAttentionHeads),
            EncoderFeedForward = file.Size("encoder_ffn_dim", defaults.EncoderFeedForward),
            DecoderLayers = file.Depth("decoder_layers", defaults.DecoderLayers),
            DecoderAttentionHeads = file.Size("decoder_attention_heads", defaults.DecoderAttentionHeads),
            DecoderFeedForward = file.Size("decoder_ffn_dim", defaults.DecoderFeedForward),
            VocabularySize = file.Size("vocab_size", defaults.VocabularySize),
            AudioPositions = file.Size("max_source_positions", defaults.AudioPositions, LargestAudio),
            TextPositions = file.Size("max_target_positions", defaults.TextPositions),
        };
    }

    // The ten numbers that OpenAI stores beside its weights (whisper/model.py: ModelDimensions).
    private static WhisperConfig ReadDimensions(ConfigFile file)
    {
        var defaults = new WhisperConfig();
        int width = file.Size("n_audio_state", defaults.Width);
        Expect(file, "n_text_state", file.Size("n_text_state", width), width);
        return new WhisperConfig
        {
            MelBins = file.Size("n_mels", defaults.MelBins),
            Width = width,
            EncoderLayers = file.Depth("n_audio_layer", defaults.EncoderLayers),
            EncoderAttentionHeads = file.Size("n_audio_head", defaults.EncoderAttentionHeads),
            EncoderFeedForward = 4 * width,
            DecoderLayers = file.Depth("n_text_layer", defaults.DecoderLayers),
            DecoderAttentionHeads = file.Size("n_text_head", defaults.DecoderAttentionHeads),
            DecoderFeedForward = 4 * width,
            VocabularySize = file.Size("n_vocab", defaults.VocabularySize),
            AudioPositions = file.Size("n_audio_ctx", defaults.AudioPositions, LargestAudio),
            TextPositions = file.Size("n_text_ctx", defaults.TextPositions),
        };
    }

    private static void Expect<T>(ConfigFile file, string name, T value, T known)
    {
        if (!EqualityComparer<T>.Default.Equals(value, known))
        {
            throw new InvalidDataException(
                $"{file.Source} says {name} = {value}: every Whisper model has {known}, and only that is implemented.");
        }
    }

    private void Validate(string source)
    {
        foreach (int heads in (int[])[EncoderAttentionHeads, DecoderAttentionHeads])
        {
            if (Width % heads != 0)
            {
                throw new InvalidDataException($"{source} asks for {heads} heads at width {Width}: the heads must divide the width.");
            }
        }

        if (Width % 2 != 0 || Width < 4)
        {
            throw new InvalidDataException($"{source} asks for width {Width}: the encoder's positions need an even width of 4 or more.");
        }
    }
}
