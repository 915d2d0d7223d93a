using System.Globalization;
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

    /// <summary>Whether the branch reads a learned mixture of all of Whisper's layers; the last one alone otherwise.</summary>
    public bool AcousticLayerMix { get; init; }

    /// <summary>
    /// Where a model is another than this one: what each differing value is there and here. Names of Whisper and CLIP are not compared.
    /// </summary>
    /// <param name="config">The configuration of that model.</param>
    public IReadOnlyList<string> DifferencesTo(BrewClipConfig config)
    {
        var own = ToConfig();
        if (own.Variant != config.Variant)
        {
            return [Difference("variant", config.Variant, own.Variant)];
        }

        List<(string Name, object There, object Here)> values = [];
        if (own.HasTrainedPart)
        {
            values.Add(("prompt_length", config.PromptLength, own.PromptLength));
            values.Add(("prompt_placement", config.PromptPlacement, own.PromptPlacement));
            values.Add(("vision_prompts", config.VisionPrompts, own.VisionPrompts));
        }

        if (own.HasAcoustic)
        {
            values.Add(("prompt_link", config.PromptLink, own.PromptLink));
            values.Add(("mask_padding", config.MaskPadding, own.MaskPadding));
            values.Add(("acoustic_layers", config.AcousticLayers, own.AcousticLayers));
            values.Add(("acoustic_attention_heads", config.AcousticAttentionHeads, own.AcousticAttentionHeads));
            values.Add(("acoustic_feed_forward", config.AcousticFeedForward, own.AcousticFeedForward));
            values.Add(("acoustic_layer_mix", config.AcousticLayerMix, own.AcousticLayerMix));
        }

        return [.. values.Where(value => !value.There.Equals(value.Here)).Select(value => Difference(value.Name, value.There, value.Here))];
    }

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
        AcousticLayerMix = AcousticLayerMix,
    };

    private static string Difference(string name, object there, object here) =>
        string.Create(CultureInfo.InvariantCulture, $"{name} is {there} there and {here} in the recipe");
}
