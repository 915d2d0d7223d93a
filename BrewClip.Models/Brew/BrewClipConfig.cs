using System.Text.Json;
using System.Text.Json.Serialization;
using BrewClip.Core.Checkpoints;
using BrewClip.Models.Clip;

namespace BrewClip.Models.Brew;

/// <summary>
/// Everything that defines a BrewCLIP model apart from its weights: the <c>config.json</c> of a checkpoint folder. Where the paper
/// leaves a choice open, the default is what the authors' code does.
/// </summary>
public sealed record BrewClipConfig
{
    /// <summary>The value of <c>model_type</c> that marks a folder as a BrewCLIP checkpoint.</summary>
    public const string ModelTypeName = "brewclip";

    /// <summary>Always <see cref="ModelTypeName"/>.</summary>
    [JsonPropertyName("model_type")]
    public required string ModelType { get; init; }

    /// <summary>Whisper: a hub name, or a path relative to the checkpoint folder.</summary>
    [JsonPropertyName("whisper")]
    public required string Whisper { get; init; }

    /// <summary>CLIP: a hub name, or a path relative to the checkpoint folder.</summary>
    [JsonPropertyName("clip")]
    public required string Clip { get; init; }

    /// <summary>Which channels the model has. Default: both.</summary>
    [JsonPropertyName("variant")]
    public BrewClipVariant Variant { get; init; } = BrewClipVariant.Full;

    /// <summary>L, the number of shared prompt vectors; 0 for none. Default 4 (paper, appendix A).</summary>
    [JsonPropertyName("prompt_length")]
    public int PromptLength { get; init; } = 4;

    /// <summary>Where the prompts stand in the text sequence. Default: after the start, as the authors ran it.</summary>
    [JsonPropertyName("prompt_placement")]
    [JsonConverter(typeof(SnakeCaseEnumConverter<PromptPlacement>))]
    public PromptPlacement PromptPlacement { get; init; } = PromptPlacement.AfterStart;

    /// <summary>How the prompts reach the audio channel. Default: shared.</summary>
    [JsonPropertyName("prompt_link")]
    public PromptLink PromptLink { get; init; } = PromptLink.Shared;

    /// <summary>Whether the prompts, mapped linearly, also join the image's patches. Default true.</summary>
    [JsonPropertyName("vision_prompts")]
    public bool VisionPrompts { get; init; } = true;

    /// <summary>
    /// Whether frames past the end of the utterance are hidden from the acoustic branch. Default false: all 1500 are attended.
    /// </summary>
    [JsonPropertyName("mask_padding")]
    public bool MaskPadding { get; init; }

    /// <summary>Transformer layers of the acoustic branch. Default 1 (paper, section 3.3).</summary>
    [JsonPropertyName("acoustic_layers")]
    public int AcousticLayers { get; init; } = 1;

    /// <summary>Attention heads of each such layer. Default 8.</summary>
    [JsonPropertyName("acoustic_attention_heads")]
    public int AcousticAttentionHeads { get; init; } = 8;

    /// <summary>Inner width of each such layer's feed-forward part. Default 4096.</summary>
    [JsonPropertyName("acoustic_feed_forward")]
    public int AcousticFeedForward { get; init; } = 4096;

    /// <summary>Dropout of the acoustic branch while training, in [0, 1). Default 0.1.</summary>
    [JsonPropertyName("acoustic_dropout")]
    public double AcousticDropout { get; init; } = 0.1;

    /// <summary>
    /// Whether the acoustic branch reads a learned softmax-weighted sum of the outputs of all of Whisper's encoder layers instead
    /// of the last alone. Default false.
    /// </summary>
    [JsonPropertyName("acoustic_layer_mix")]
    public bool AcousticLayerMix { get; init; }

    /// <summary>Whether this variant transcribes and embeds the text.</summary>
    [JsonIgnore]
    public bool HasPipeline => Variant != BrewClipVariant.AcousticOnly;

    /// <summary>Whether this variant has the acoustic branch.</summary>
    [JsonIgnore]
    public bool HasAcoustic => Variant is BrewClipVariant.AcousticOnly or BrewClipVariant.Full;

    /// <summary>The number of prompt vectors in use: none in a zero-shot pipeline, whatever <see cref="PromptLength"/> says.</summary>
    [JsonIgnore]
    public int ActivePrompts => Variant == BrewClipVariant.PipelineZeroShot ? 0 : PromptLength;

    /// <summary>Whether anything in this model is trained, so that a checkpoint needs a weight file.</summary>
    [JsonIgnore]
    public bool HasTrainedPart => ActivePrompts > 0 || HasAcoustic;

    /// <summary>Reads the <c>config.json</c> of a checkpoint folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="FileNotFoundException">The folder holds no <c>config.json</c>.</exception>
    /// <exception cref="InvalidDataException">The file is no BrewCLIP config; the message names what is wrong.</exception>
    public static BrewClipConfig Load(string folder)
    {
        string path = Path.Combine(folder, "config.json");
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"'{folder}' holds no config.json: it is no BrewCLIP checkpoint.", path);
        }

        try
        {
            using var stream = File.OpenRead(path);
            var config = JsonSerializer.Deserialize(stream, BrewClipJsonContext.Default.BrewClipConfig)
                ?? throw new InvalidDataException($"'{path}' is empty: it should describe a BrewCLIP model.");
            config.Validate(path);
            return config;
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"'{path}' is no BrewCLIP config: {error.Message}", error);
        }
    }

    /// <summary>Writes <c>config.json</c> into an existing folder, beside and renamed.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void Save(string folder) =>
        AtomicFile.Write(
            Path.Combine(folder, "config.json"),
            stream => JsonSerializer.Serialize(stream, this, BrewClipJsonContext.Default.BrewClipConfig));

    /// <summary>Checks that the values describe a model.</summary>
    /// <param name="source">What to name in the message.</param>
    /// <exception cref="InvalidDataException">A value is out of its range or contradicts another.</exception>
    public void Validate(string source = "the BrewCLIP config")
    {
        string? wrong = this switch
        {
            { ModelType: not ModelTypeName } => $"model_type is '{ModelType}', not '{ModelTypeName}'",
            { Whisper: null or "" } => "whisper is empty: it names the Whisper model",
            { Clip: null or "" } => "clip is empty: it names the CLIP model",
            _ when Whisper.Contains('\0') || Clip.Contains('\0') => "whisper or clip holds a character that no name can hold",
            { PromptLength: < 0 or > 64 } => $"prompt_length is {PromptLength}, outside 0 to 64",
            { Variant: BrewClipVariant.PipelinePrompted, PromptLength: 0 } => "variant is pipeline_prompted, but prompt_length is 0",
            { AcousticLayers: < 1 or > 64 } => $"acoustic_layers is {AcousticLayers}, outside 1 to 64",
            { AcousticAttentionHeads: < 1 or > 256 } => $"acoustic_attention_heads is {AcousticAttentionHeads}, outside 1 to 256",
            { AcousticFeedForward: < 1 or > 1 << 20 } => $"acoustic_feed_forward is {AcousticFeedForward}, outside 1 to {1 << 20}",
            { AcousticDropout: not (>= 0 and < 1) } => $"acoustic_dropout is {AcousticDropout}, outside [0, 1)",
            _ => null,
        };
        if (wrong is not null)
        {
            throw new InvalidDataException($"'{source}' describes no model: {wrong}.");
        }
    }
}

[JsonSourceGenerationOptions(
    WriteIndented = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
[JsonSerializable(typeof(BrewClipConfig))]
internal sealed partial class BrewClipJsonContext : JsonSerializerContext;

/// <summary>Spells enum members as <c>after_start</c>, as the rest of a checkpoint's JSON is spelled.</summary>
internal sealed class SnakeCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
