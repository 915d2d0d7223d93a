using BrewClip.Core.Audio;
using BrewClip.Models.Whisper;
using BrewClip.Training.Tasks;

namespace BrewClip.Training.Recipes;

/// <summary>A Whisper that is trained from nothing, vocabulary included: <c>whisper-nano</c>.</summary>
public sealed record WhisperRecipe : Recipe
{
    /// <summary>The data set to train on: littleworld.</summary>
    public required string TrainOn { get; init; }

    /// <summary>The shape.</summary>
    public required WhisperShape Model { get; init; }

    /// <summary>Merges of the vocabulary that is learned from the captions.</summary>
    public int VocabularyMerges { get; init; } = 1_000;

    /// <summary>How it is trained.</summary>
    public required WhisperTrainingRecipe Training { get; init; }

    private protected override string? Fault() => this switch
    {
        { TrainOn: not RetrievalRecipe.LittleWorld } => $"train_on is '{TrainOn}': Whisper is trained from nothing on {RetrievalRecipe.LittleWorld}",
        { VocabularyMerges: < 1 } => $"vocabulary_merges is {VocabularyMerges}: at least 1 is needed",
        _ => Model.Fault(),
    };

    private protected override void ValidateParts() => Training.Validate(Name);
}

/// <summary>Whisper's shape, apart from its vocabulary.</summary>
public sealed record WhisperShape
{
    /// <summary>Mel bins.</summary>
    public required int MelBins { get; init; }

    /// <summary>Frames of the encoder's output: 50 for each second of the window.</summary>
    public required int AudioPositions { get; init; }

    /// <summary>Tokens of a transcript at most.</summary>
    public required int TextPositions { get; init; }

    /// <summary>The encoder.</summary>
    public required TowerShape Encoder { get; init; }

    /// <summary>The decoder, as wide as the encoder.</summary>
    public required TowerShape Decoder { get; init; }

    /// <summary>The same as a model's configuration.</summary>
    /// <param name="vocabularySize">Tokens, special ones and timestamps among them.</param>
    public WhisperConfig ToConfig(int vocabularySize) => new()
    {
        MelBins = MelBins,
        Width = Encoder.Width,
        EncoderLayers = Encoder.Layers,
        EncoderAttentionHeads = Encoder.AttentionHeads,
        EncoderFeedForward = Encoder.FeedForward,
        DecoderLayers = Decoder.Layers,
        DecoderAttentionHeads = Decoder.AttentionHeads,
        DecoderFeedForward = Decoder.FeedForward,
        VocabularySize = vocabularySize,
        AudioPositions = AudioPositions,
        TextPositions = TextPositions,
    };

    internal string? Fault() => MelBins < 1 || AudioPositions < 1 || TextPositions < 1 || Encoder.Width != Decoder.Width
        ? $"mel_bins {MelBins}, audio_positions {AudioPositions} and text_positions {TextPositions} must be above 0, and encoder and decoder "
            + $"as wide as each other (they are {Encoder.Width} and {Decoder.Width})"
        : Encoder.Fault() ?? Decoder.Fault();
}

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
    public SpeechTextSourceOptions ToSourceOptions() => new() { SpecAugment = SpecAugment, FrequencyWarp = FrequencyWarp, ZeroPaddingShare = ZeroPaddingShare };

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
        { AlignmentWeight: not (>= 0 and < double.PositiveInfinity) } => $"alignment_weight {AlignmentWeight} must be a number of at least 0",
        { TokenNoise: not (>= 0 and < 1) } => $"token_noise {TokenNoise} must lie in [0, 1)",
        { LabelSmoothing: not (>= 0 and < 1) } => $"label_smoothing {LabelSmoothing} must lie in [0, 1)",
        { EvaluationExamples: < 1 } => $"evaluation_examples {EvaluationExamples} must be at least 1",
        _ => null,
    };
}
