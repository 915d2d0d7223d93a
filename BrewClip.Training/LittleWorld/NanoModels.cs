using BrewClip.Models.Brew;
using BrewClip.Models.Clip;
using BrewClip.Models.Whisper;

namespace BrewClip.Training.LittleWorld;

/// <summary>The shapes of the small models that are trained on Little World: the published architectures, fewer and narrower layers.</summary>
public static class NanoModels
{
    private const int Expansion = 4;

    /// <summary>CLIP over images of 64 pixels in patches of 8; both towers 128 wide.</summary>
    /// <param name="vocabularySize">Tokens of the text tower.</param>
    /// <param name="endOfText">The token that is pooled.</param>
    public static ClipConfig Clip(int vocabularySize, int endOfText) => new()
    {
        EmbeddingSize = 128,
        Vision = new ClipVisionConfig
        {
            HiddenSize = 128,
            IntermediateSize = 128 * Expansion,
            Layers = 4,
            AttentionHeads = 4,
            ImageSize = 64,
            PatchSize = 8,
        },
        Text = new ClipTextConfig
        {
            VocabularySize = vocabularySize,
            HiddenSize = 128,
            IntermediateSize = 128 * Expansion,
            Layers = 3,
            AttentionHeads = 4,
            EndOfText = endOfText,
        },
    };

    /// <summary>Whisper over windows of 12 s, which hold all but the longest of Little World's descriptions.</summary>
    /// <param name="vocabularySize">Tokens, special ones and timestamps among them.</param>
    public static WhisperConfig Whisper(int vocabularySize) => new()
    {
        MelBins = 80,
        Width = 128,
        EncoderLayers = 3,
        EncoderAttentionHeads = 4,
        EncoderFeedForward = 128 * Expansion,
        DecoderLayers = 2,
        DecoderAttentionHeads = 4,
        DecoderFeedForward = 128 * Expansion,
        VocabularySize = vocabularySize,
        AudioPositions = 600,
        TextPositions = 96,
    };

    /// <summary>
    /// BrewCLIP between the two. Padding is masked, so that frames of speech alone are stored; all else is the published reading, the
    /// acoustic layer as narrow as the towers.
    /// </summary>
    /// <param name="variant">Which channels there are.</param>
    /// <param name="whisper">Whisper's folder, as seen from the model's.</param>
    /// <param name="clip">CLIP's folder, as seen from the model's.</param>
    public static BrewClipConfig Brew(BrewClipVariant variant, string whisper, string clip) => new()
    {
        ModelType = BrewClipConfig.ModelTypeName,
        Whisper = whisper,
        Clip = clip,
        Variant = variant,
        MaskPadding = true,
        AcousticAttentionHeads = 4,
        AcousticFeedForward = 128 * Expansion,
    };
}
