using BrewClip.Models.Whisper;

namespace BrewClip.Training.Recipes;

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
        ? $"mel_bins {MelBins}, audio_positions {AudioPositions} and text_positions {TextPositions} must be above 0, and encoder and "
        + $"decoder as wide as each other (they are {Encoder.Width} and {Decoder.Width})"
        : Encoder.Fault() ?? Decoder.Fault();
}
