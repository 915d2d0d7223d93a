using BrewClip.Models.Layers;
using BrewClip.Models.Loading;

namespace BrewClip.Models.Clip;

/// <summary>Shape of CLIP's text tower. Defaults are those of the hub's definition (ViT-B/32), which its files may leave out.</summary>
public sealed record ClipTextConfig
{
    /// <summary>
    /// Files written before the hub knew CLIP's real end-of-text token carry this id and mean "the largest id of the sequence".
    /// </summary>
    public const int LegacyEndOfText = 2;

    /// <summary>Tokens, the start and the end of text among them. Default 49408.</summary>
    public int VocabularySize { get; init; } = 49408;

    /// <summary>Width of the transformer. Default 512.</summary>
    public int HiddenSize { get; init; } = 512;

    /// <summary>Width within each layer's feed-forward half. Default 2048.</summary>
    public int IntermediateSize { get; init; } = 2048;

    /// <summary>Layers of the transformer. Default 12.</summary>
    public int Layers { get; init; } = 12;

    /// <summary>Attention heads of each layer; they divide the width. Default 8.</summary>
    public int AttentionHeads { get; init; } = 8;

    /// <summary>Positions of the sequence, prompts included. Default 77.</summary>
    public int ContextLength { get; init; } = 77;

    /// <summary>
    /// The id whose first occurrence is pooled; <see cref="LegacyEndOfText"/> pools the position of the largest id instead, as OpenAI's
    /// own code does. Default 49407.
    /// </summary>
    public int EndOfText { get; init; } = 49407;

    /// <summary>The activation within each layer. Default <c>quick_gelu</c>.</summary>
    public Activation Activation { get; init; } = Activation.QuickGelu;

    /// <summary>What each norm adds to the variance. Default 1e-5.</summary>
    public double LayerNormEpsilon { get; init; } = 1e-5;

    internal static ClipTextConfig Read(ConfigFile file)
    {
        var defaults = new ClipTextConfig();
        var config = new ClipTextConfig
        {
            VocabularySize = file.Size("vocab_size", defaults.VocabularySize),
            HiddenSize = file.Size("hidden_size", defaults.HiddenSize),
            IntermediateSize = file.Size("intermediate_size", defaults.IntermediateSize),
            Layers = file.Depth("num_hidden_layers", defaults.Layers),
            AttentionHeads = file.Size("num_attention_heads", defaults.AttentionHeads),
            ContextLength = file.Size("max_position_embeddings", defaults.ContextLength),
            EndOfText = file.Integer("eos_token_id") ?? defaults.EndOfText,
            Activation = ActivationFunctions.Parse(file.Text("hidden_act") ?? "quick_gelu", file.Source),
            LayerNormEpsilon = file.Epsilon("layer_norm_eps", defaults.LayerNormEpsilon),
        };
        config.Validate(file.Source);
        return config;
    }

    private void Validate(string source)
    {
        if (HiddenSize % AttentionHeads != 0)
        {
            throw new InvalidDataException(
                $"{source} asks for {AttentionHeads} heads at width {HiddenSize}: the heads must divide the width.");
        }

        if (EndOfText < 0 || EndOfText >= VocabularySize)
        {
            throw new InvalidDataException($"{source} says eos_token_id = {EndOfText}, outside its vocabulary of {VocabularySize}.");
        }
    }
}
