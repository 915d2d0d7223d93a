using BrewClip.Models.Clip;
using BrewClip.Models.Whisper;
using static TorchSharp.torch;

namespace BrewClip.Tests.Training;

/// <summary>Networks from nothing, so small that a step takes milliseconds.</summary>
internal static class SmallModels
{
    public const int Words = 20;

    public static ClipModel Clip(long seed = 1) => ClipModel.Create(ClipShape(Words), seed);

    public static ClipConfig ClipShape(int vocabulary, int? endOfText = null) => new()
    {
        EmbeddingSize = 16,
        Text = new ClipTextConfig
        {
            VocabularySize = vocabulary,
            HiddenSize = 16,
            IntermediateSize = 32,
            Layers = 2,
            AttentionHeads = 2,
            ContextLength = 24,
            EndOfText = endOfText ?? vocabulary - 1,
        },
        Vision =
            new ClipVisionConfig { HiddenSize = 16, IntermediateSize = 32, Layers = 2, AttentionHeads = 2, ImageSize = 16, PatchSize = 8 },
    };

    public static WhisperConfig WhisperShape(int vocabulary) => new()
    {
        MelBins = 20,
        Width = 16,
        EncoderLayers = 1,
        EncoderAttentionHeads = 2,
        EncoderFeedForward = 32,
        DecoderLayers = 2,
        DecoderAttentionHeads = 2,
        DecoderFeedForward = 32,
        VocabularySize = vocabulary,
        AudioPositions = 50,
        TextPositions = 24,
    };

    /// <summary>[count, 8]: a start, words that differ from row to row, an end.</summary>
    public static Tensor Tokens(int count) => tensor(
        Enumerable.Range(0, count).SelectMany(
            row => Enumerable.Range(0, 8).Select(i => i == 0 ? 18L : i == 7 ? 19L : (row * 5 + i * i) % 18)).ToArray(), [count, 8]);
}
