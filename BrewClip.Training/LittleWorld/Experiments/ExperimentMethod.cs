using BrewClip.Models.Brew;
using BrewClip.Models.Clip;

namespace BrewClip.Training.LittleWorld.Experiments;

/// <summary>A kind of model that the experiment compares with others.</summary>
/// <param name="Id">Its name in rows' ids.</param>
/// <param name="Name">Its name in tables.</param>
/// <param name="Variant">Which channels it has.</param>
public sealed record ExperimentMethod(string Id, string Name, BrewClipVariant Variant)
{
    /// <summary>Whisper's transcript through CLIP's text tower, nothing trained.</summary>
    public static ExperimentMethod ZeroShot { get; } = new("zero-shot", "pipeline, zero-shot", BrewClipVariant.PipelineZeroShot);

    /// <summary>The pipeline with learned prompts.</summary>
    public static ExperimentMethod Prompted { get; } = new("prompted", "pipeline, prompted", BrewClipVariant.PipelinePrompted);

    /// <summary>The acoustic channel alone.</summary>
    public static ExperimentMethod AcousticOnly { get; } = new("acoustic", "acoustic only", BrewClipVariant.AcousticOnly);

    /// <summary>Both channels, in the reading of the authors' code, padding masked.</summary>
    public static ExperimentMethod Full { get; } = new("full", "full", BrewClipVariant.Full);

    /// <summary>
    /// Both channels as the paper words them: prompts in front, linked linearly to the frames, none among the image's patches.
    /// </summary>
    public static ExperimentMethod FullWorded { get; } =
        new("full-worded", "full, worded reading", BrewClipVariant.Full) { IsWorded = true };

    /// <summary>Both channels, all frames of the window attended.</summary>
    public static ExperimentMethod FullUnmasked { get; } =
        new("full-unmasked", "full, padding attended", BrewClipVariant.Full) { AttendsPadding = true };

    /// <summary>Those that are trained on every corpus.</summary>
    public static IReadOnlyList<ExperimentMethod> Variants { get; } = [Prompted, AcousticOnly, Full];

    /// <summary>Those that are compared with <see cref="Full"/> on the first corpus alone.</summary>
    public static IReadOnlyList<ExperimentMethod> Readings { get; } = [FullWorded, FullUnmasked];

    /// <summary>
    /// Whether prompts stand and are linked as the paper words it rather than as the authors' code does (design, section 3).
    /// </summary>
    public bool IsWorded { get; init; }

    /// <summary>Whether frames past the end of an utterance are attended.</summary>
    public bool AttendsPadding { get; init; }

    /// <summary>The model's config.</summary>
    /// <param name="whisper">Whisper's folder, as seen from the model's.</param>
    /// <param name="clip">CLIP's folder, as seen from the model's.</param>
    public BrewClipConfig ToConfig(string whisper, string clip)
    {
        var config = NanoModels.Brew(Variant, whisper, clip) with { MaskPadding = !AttendsPadding };
        return IsWorded
            ? config with { PromptPlacement = PromptPlacement.Front, PromptLink = PromptLink.Linear, VisionPrompts = false }
            : config;
    }
}
