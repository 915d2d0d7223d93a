using BrewClip.Models.Clip;
using BrewClip.Models.Whisper;

namespace BrewClip.Benchmarks;

/// <summary>
/// Floating-point operations of networks: two for each multiplication of a product, nothing for what lies between products.
/// </summary>
internal static class Work
{
    /// <summary>A product [rows, depth] · [depth, columns].</summary>
    public static double Product(double rows, double columns, double depth) => 2 * rows * columns * depth;

    /// <summary>Scores and mixed values of attention; a causal one is counted whole, as it is commonly done.</summary>
    public static double Attention(double heads, double queries, double keys, double depth) => 4 * heads * queries * keys * depth;

    /// <summary>
    /// A transformer layer over one sequence: four projections of its width, attention, and two of the feed-forward half.
    /// </summary>
    public static double Layer(double positions, double width, double inner) =>
        Product(positions, 4 * width + 2 * inner, width) + 4 * positions * positions * width;

    /// <summary>Whisper's encoder over one window.</summary>
    public static double Encoder(WhisperConfig config)
    {
        double positions = config.AudioPositions, width = config.Width;
        double convolutions = Product(config.MelFrames, width, 3.0 * config.MelBins) + Product(positions, width, 3 * width);
        return convolutions + config.EncoderLayers * Layer(positions, width, config.EncoderFeedForward);
    }

    /// <summary>One position of Whisper's decoder, the scores of the vocabulary among it.</summary>
    public static double DecoderStep(WhisperConfig config, double before)
    {
        double width = config.Width;
        double layer = Product(1, 6 * width + 2 * config.DecoderFeedForward, width) + 4 * width * (before + config.AudioPositions);
        return config.DecoderLayers * layer + Product(1, config.VocabularySize, width);
    }

    /// <summary>The decoder's keys and values of the audio.</summary>
    public static double AudioKeysAndValues(WhisperConfig config) =>
        config.DecoderLayers * Product(config.AudioPositions, 2 * config.Width, config.Width);

    /// <summary>CLIP's image tower over one image; of the last layer all positions are counted, though one is read.</summary>
    public static double Image(ClipConfig config, int prompts = 0)
    {
        var vision = config.Vision;
        double patches = Product(vision.Positions - 1, vision.HiddenSize, 3.0 * vision.PatchSize * vision.PatchSize);
        return patches + vision.Layers * Layer(vision.Positions + prompts, vision.HiddenSize, vision.IntermediateSize);
    }

    /// <summary>CLIP's text tower over one text of some positions.</summary>
    public static double Text(ClipConfig config, int positions) =>
        config.Text.Layers * Layer(positions, config.Text.HiddenSize, config.Text.IntermediateSize);

    /// <summary>
    /// The acoustic branch with one layer over the frames of one utterance. Position 0 alone is asked of that layer, so that keys and values
    /// need not be computed: the least is a projection of the frames, and each head's scores and sums over them.
    /// </summary>
    public static double Acoustic(double frames, double audioWidth, double width, double inner, int prompts = 4, int heads = 8)
    {
        double positions = frames + 1 + prompts;
        double attention = Product(4, width, width) + 2 * Product(heads, positions, width);
        return Product(frames, width, audioWidth) + attention + Product(1, 2 * inner, width);
    }
}
