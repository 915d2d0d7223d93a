using BrewClip.Models.Brew;
using BrewClip.Training.Recipes;

namespace BrewClip.Training.LittleWorld;

/// <summary>
/// The small models that are trained on Little World, as the recipes <c>clip-nano</c>, <c>whisper-nano</c> and <c>brewclip-nano</c> have
/// them.
/// </summary>
public static class NanoModels
{
    private static readonly Lazy<ClipRecipe> _clip = new(() => RecipeFile.Expect<ClipRecipe>(RecipeLibrary.Load("clip-nano")));
    private static readonly Lazy<WhisperRecipe> _whisper = new(() => RecipeFile.Expect<WhisperRecipe>(RecipeLibrary.Load("whisper-nano")));
    private static readonly Lazy<RetrievalRecipe> _brew = new(
        () => RecipeFile.Expect<RetrievalRecipe>(RecipeLibrary.Load("brewclip-nano")));

    /// <summary>The recipe of CLIP.</summary>
    public static ClipRecipe ClipRecipe => _clip.Value;

    /// <summary>The recipe of Whisper.</summary>
    public static WhisperRecipe WhisperRecipe => _whisper.Value;

    /// <summary>The recipe of BrewCLIP between the two.</summary>
    public static RetrievalRecipe BrewRecipe => _brew.Value;

    /// <summary>BrewCLIP between the two.</summary>
    /// <param name="variant">Which channels there are.</param>
    /// <param name="whisper">Whisper's folder, as seen from the model's.</param>
    /// <param name="clip">CLIP's folder, as seen from the model's.</param>
    public static BrewClipConfig Brew(BrewClipVariant variant, string whisper, string clip) =>
        BrewRecipe.Model.ToConfig() with { Variant = variant, Whisper = whisper, Clip = clip };
}
