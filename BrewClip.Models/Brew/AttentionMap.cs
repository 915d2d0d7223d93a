using BrewClip.Core.Audio;
using BrewClip.Core.Images;

namespace BrewClip.Models.Brew;

/// <summary>
/// Where a model looked and listened when it found an image and a query alike (the paper's appendix): for each patch of the image and each
/// 20 ms of the utterance, how much it contributes to their similarity. Immutable; holds no tensor.
/// </summary>
public sealed class AttentionMap
{
    private readonly AudioClip? _speech;

    internal AttentionMap(RgbImage view, int columns, float[] imageWeights, AudioClip? speech, float[] speechWeights, float similarity)
    {
        (View, Columns, _speech, Similarity) = (view, columns, speech, similarity);
        ImageWeights = ToOne(imageWeights);
        SpeechWeights = ToOne(speechWeights);
    }

    /// <summary>The cosine of the two vectors.</summary>
    public float Similarity { get; }

    /// <summary>The part of the image that the model saw, at the model's resolution.</summary>
    public RgbImage View { get; }

    /// <summary>Patches in a row of the image.</summary>
    public int Columns { get; }

    /// <summary>Patches in a column of the image.</summary>
    public int Rows => ImageWeights.Length / Columns;

    /// <summary>The patches' weights in reading order, 0 to 1, the largest being 1; all 0 where none speaks for the similarity.</summary>
    public ReadOnlyMemory<float> ImageWeights { get; }

    /// <summary>
    /// The weights of each 20 ms of the utterance, as <see cref="ImageWeights"/>; empty where the query is a text or the model has no
    /// acoustic channel.
    /// </summary>
    public ReadOnlyMemory<float> SpeechWeights { get; }

    /// <summary>The image with the weights laid over it as heat.</summary>
    /// <param name="side">The shorter side of the result in pixels, 16 to 4096. Default 448.</param>
    /// <exception cref="ArgumentOutOfRangeException">The side is another.</exception>
    public RgbImage RenderImage(int side = 448)
    {
        CheckSize(side, nameof(side));
        return HeatMap.Overlay(View, ImageWeights.Span, Columns, side);
    }

    /// <summary>The utterance's waveform with the weights as a curve over it, a tick at each second.</summary>
    /// <param name="width">Pixels, 16 to 4096. Default 1000.</param>
    /// <param name="height">Pixels, 16 to 4096. Default 240.</param>
    /// <exception cref="InvalidOperationException">There is no curve.</exception>
    public RgbImage RenderSpeech(int width = 1000, int height = 240)
    {
        CheckSize(width, nameof(width));
        CheckSize(height, nameof(height));
        return _speech is null || SpeechWeights.IsEmpty
            ? throw new InvalidOperationException("There is no curve to draw: the query is a text, or the model has no acoustic channel.")
            : UtteranceCurve.Draw(_speech, SpeechWeights.Span, width, height);
    }

    /// <summary>Writes <see cref="RenderImage"/> as PNG.</summary>
    /// <param name="path">The file; replaced where it exists, written beside it first.</param>
    /// <param name="side">As there.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveImage(string path, int side = 448) => PngWriter.Write(path, RenderImage(side));

    /// <summary>Writes <see cref="RenderSpeech"/> as PNG.</summary>
    /// <param name="path">The file; replaced where it exists, written beside it first.</param>
    /// <param name="width">As there.</param>
    /// <param name="height">As there.</param>
    /// <exception cref="InvalidOperationException">There is no curve.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveSpeech(string path, int width = 1000, int height = 240) => PngWriter.Write(path, RenderSpeech(width, height));

    private static float[] ToOne(float[] weights)
    {
        float largest = weights.Length == 0 ? 0 : weights.Max();
        return largest > 0 ? [.. weights.Select(weight => weight / largest)] : weights;
    }

    private static void CheckSize(int size, string name)
    {
        if (size is < 16 or > 4096)
        {
            throw new ArgumentOutOfRangeException(name, size, "A picture has 16 to 4096 pixels a side.");
        }
    }
}
