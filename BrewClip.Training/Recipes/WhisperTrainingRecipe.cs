using BrewClip.Core.Audio;
using BrewClip.Training.Tasks;

namespace BrewClip.Training.Recipes;

/// <summary>Whisper's training.</summary>
public sealed record WhisperTrainingRecipe : RecipeOptimization
{
    /// <summary>Masks of the spectrogram; null for none.</summary>
    public SpecAugment? SpecAugment { get; init; }

    /// <summary>By how much speakers' frequencies are stretched or squeezed at most, as a share of them.</summary>
    public double FrequencyWarp { get; init; }

    /// <summary>The share of examples whose window is filled up with zeros, as the last window of a long recording is.</summary>
    public double ZeroPaddingShare { get; init; }

    /// <summary>The share of batches that see the model's whole window; the others are cut after their longest recording.</summary>
    public double FullWindowShare { get; init; } = 1;

    /// <summary>The weight of the encoder's own spelling beside the decoder's loss.</summary>
    public double AlignmentWeight { get; init; }

    /// <summary>The share of the text's tokens that the decoder reads as some other token while it learns.</summary>
    public double TokenNoise { get; init; }

    /// <summary>The share of the target that is spread over the whole vocabulary.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>How many held-out utterances an evaluation transcribes.</summary>
    public int EvaluationExamples { get; init; } = 500;

    /// <summary>What becomes of a recording on its way to the model.</summary>
    public SpeechTextSourceOptions ToSourceOptions() =>
        new() { SpecAugment = SpecAugment, FrequencyWarp = FrequencyWarp, ZeroPaddingShare = ZeroPaddingShare };

    /// <summary>The loss and its evaluation.</summary>
    public WhisperPretrainingOptions ToTaskOptions() => new()
    {
        LabelSmoothing = LabelSmoothing,
        FullWindowShare = FullWindowShare,
        AlignmentWeight = AlignmentWeight,
        TokenNoise = TokenNoise,
        EvaluationExamples = EvaluationExamples,
    };

    private protected override string? Fault() => this switch
    {
        { FrequencyWarp: not (>= 0 and < 1) } => $"frequency_warp {FrequencyWarp} must lie in [0, 1)",
        { ZeroPaddingShare: not (>= 0 and <= 1) } => $"zero_padding_share {ZeroPaddingShare} must lie in [0, 1]",
        { FullWindowShare: not (>= 0 and <= 1) } => $"full_window_share {FullWindowShare} must lie in [0, 1]",
        { AlignmentWeight: not (>= 0 and < double.PositiveInfinity) } =>
            $"alignment_weight {AlignmentWeight} must be a number of at least 0",
        { TokenNoise: not (>= 0 and < 1) } => $"token_noise {TokenNoise} must lie in [0, 1)",
        { LabelSmoothing: not (>= 0 and < 1) } => $"label_smoothing {LabelSmoothing} must lie in [0, 1)",
        { EvaluationExamples: < 1 } => $"evaluation_examples {EvaluationExamples} must be at least 1",
        _ => null,
    };
}
