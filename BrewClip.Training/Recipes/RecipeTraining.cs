using BrewClip.Data.Loading;
using BrewClip.Training.Losses;
using BrewClip.Training.Tasks;

namespace BrewClip.Training.Recipes;

/// <summary>The training of a BrewCLIP. Defaults are the paper's (appendix A; design, section 3).</summary>
public sealed record RecipeTraining : RecipeOptimization
{
    /// <summary>α, the weight of the inner loss.</summary>
    public double Alpha { get; init; } = 0.1;

    /// <summary>What pairs of one image within a batch mean.</summary>
    public DuplicatePolicy Duplicates { get; init; } = DuplicatePolicy.Masked;

    /// <summary>Whether the temperatures learn.</summary>
    public bool TemperatureLearnable { get; init; }

    /// <summary>Whether a batch holds one clip of an image at most.</summary>
    public bool DistinctImages { get; init; }

    /// <summary>
    /// Little World: what <see cref="RecipeOptimization.BucketBatches"/> sorts by is the scene, so that images that differ in mood alone
    /// meet.
    /// </summary>
    public bool TwinsTogether { get; init; }

    /// <summary>How many captions of each image are trained on, the first; null for all.</summary>
    public int? CaptionsPerImage { get; init; }

    /// <summary>How many captions of each image are evaluated on; null for all.</summary>
    public int? HeldOutCaptionsPerImage { get; init; }

    /// <summary>How many held-out utterances an evaluation reads at most, the first; null for all.</summary>
    public int? HeldOutUtterances { get; init; }

    /// <inheritdoc/>
    public override BatchLoaderOptions ToLoaderOptions() => base.ToLoaderOptions() with { DistinctGroups = DistinctImages };

    /// <summary>The loss.</summary>
    public BrewClipTrainingOptions ToTaskOptions() => new() { Duplicates = Duplicates, Alpha = Alpha };

    private protected override string? Fault() => this switch
    {
        { Alpha: not (>= 0 and <= InnerOuterLoss.LargestAlpha) } => $"alpha {Alpha} must lie between 0 and {InnerOuterLoss.LargestAlpha}",
        { CaptionsPerImage: < 1 } or { HeldOutCaptionsPerImage: < 1 } or { HeldOutUtterances: < 1 } =>
            "captions_per_image, held_out_captions_per_image and held_out_utterances must be at least 1, or null for all",
        { TwinsTogether: true, BucketBatches: 0 } => "twins_together asks for bucket_batches",
        _ => null,
    };
}
