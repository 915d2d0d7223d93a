using BrewClip.Models.Layers;
using BrewClip.Models.Loading;

namespace BrewClip.Models.Clip;

/// <summary>Shape of CLIP's image tower. Defaults are those of the hub's definition (ViT-B/32), which its files may leave out.</summary>
public sealed record ClipVisionConfig
{
    /// <summary>Width of the transformer. Default 768.</summary>
    public int HiddenSize { get; init; } = 768;

    /// <summary>Width within each layer's feed-forward half. Default 3072.</summary>
    public int IntermediateSize { get; init; } = 3072;

    /// <summary>Layers of the transformer. Default 12.</summary>
    public int Layers { get; init; } = 12;

    /// <summary>Attention heads of each layer; they divide the width. Default 12.</summary>
    public int AttentionHeads { get; init; } = 12;

    /// <summary>Side of the square input, in pixels. Default 224.</summary>
    public int ImageSize { get; init; } = 224;

    /// <summary>Side of a patch, in pixels. Default 32.</summary>
    public int PatchSize { get; init; } = 32;

    /// <summary>The activation within each layer. Default <c>quick_gelu</c>.</summary>
    public Activation Activation { get; init; } = Activation.QuickGelu;

    /// <summary>What each norm adds to the variance. Default 1e-5.</summary>
    public double LayerNormEpsilon { get; init; } = 1e-5;

    /// <summary>Patches along one side of the input.</summary>
    public int GridSize => ImageSize / PatchSize;

    /// <summary>Positions of the sequence: every patch, and the class embedding before them.</summary>
    public int Positions => GridSize * GridSize + 1;

    internal static ClipVisionConfig Read(ConfigFile file)
    {
        var defaults = new ClipVisionConfig();
        var config = new ClipVisionConfig
        {
            HiddenSize = file.Size("hidden_size", defaults.HiddenSize),
            IntermediateSize = file.Size("intermediate_size", defaults.IntermediateSize),
            Layers = file.Depth("num_hidden_layers", defaults.Layers),
            AttentionHeads = file.Size("num_attention_heads", defaults.AttentionHeads),
            ImageSize = file.Size("image_size", defaults.ImageSize),
            PatchSize = file.Size("patch_size", defaults.PatchSize),
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

        if (ImageSize < PatchSize)
        {
            throw new InvalidDataException($"{source} asks for patches of {PatchSize} pixels in an image of {ImageSize}: not one fits.");
        }

        if ((long)GridSize * GridSize >= ConfigFile.LargestSize)
        {
            throw new InvalidDataException(
                $"{source} asks for patches of {PatchSize} pixels in an image of {ImageSize} pixels: at most {ConfigFile.LargestSize} "
                + "positions are possible.");
        }
    }
}
