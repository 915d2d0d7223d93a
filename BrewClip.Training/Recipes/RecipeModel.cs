using BrewClip.Models.Brew;
using BrewClip.Models.Clip;

namespace BrewClip.Training.Recipes;

/// <summary>The model of a recipe: what <see cref="BrewClipConfig"/> holds.</summary>
public sealed record RecipeModel
{
    /// <summary>Whisper, by hub name or folder.</summary>
    public required string Whisper { get; init; }

    /// <summary>CLIP, by hub name or folder.</summary>
    public required string Clip { get; init; }

    /// <summary>The channels.</summary>
    public required BrewClipVariant Variant { get; init; }

    /// <summary>L.</summary>
    public int PromptLength { get; init; } = 4;

    /// <summary>Where prompts stand.</summary>
    public PromptPlacement PromptPlacement { get; init; } = PromptPlacement.AfterStart;

    /// <summary>How prompts reach the audio channel.</summary>
    public PromptLink PromptLink { get; init; } = PromptLink.Shared;

    /// <summary>Whether prompts join the patches.</summary>
    public bool VisionPrompts { get; init; } = true;

    /// <summary>Whether padding is hidden.</summary>
    public bool MaskPadding { get; init; }

    /// <summary>Layers of the acoustic branch.</summary>
    public int AcousticLayers { get; init; } = 1;

    /// <summary>Its attention heads.</summary>
    public int AcousticAttentionHeads { get; init; } = 8;

    /// <summary>Its inner width.</summary>
    public int AcousticFeedForward { get; init; } = 4096;

    /// <summary>Its dropout.</summary>
    public double AcousticDropout { get; init; } = 0.1;

    /// <summary>The same as a checkpoint's configuration.</summary>
    public BrewClipConfig ToConfig() => new()
    {
        ModelType = BrewClipConfig.ModelTypeName,
        Whisper = Whisper,
        Clip = Clip,
        Variant = Variant,
        PromptLength = PromptLength,
        PromptPlacement = PromptPlacement,
        PromptLink = PromptLink,
        VisionPrompts = VisionPrompts,
        MaskPadding = MaskPadding,
        AcousticLayers = AcousticLayers,
        AcousticAttentionHeads = AcousticAttentionHeads,
        AcousticFeedForward = AcousticFeedForward,
        AcousticDropout = AcousticDropout,
    };
}
