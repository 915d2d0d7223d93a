using BrewClip.Core.Audio;
using BrewClip.Core.Images;
using static TorchSharp.torch;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace BrewClip.Models.Brew;

/// <summary>Makes an <see cref="AttentionMap"/> of an image and a query.</summary>
internal sealed class AttentionMapper
{
    private readonly BrewClipBackbone _backbone;
    private readonly SpeechEncoder _speech;
    private readonly BrewClipNetwork _network;
    private readonly BrewClipGradients _gradients;
    private readonly ClipImageProcessor _processor;

    public AttentionMapper(BrewClipNetwork network, BrewClipBackbone backbone, SpeechEncoder speech, ImageEmbedder images)
    {
        (_network, _backbone, _speech) = (network, backbone, speech);
        _gradients = new BrewClipGradients(network, backbone);

        // Of five views the last is the centre at another scale: one view is mapped, the usual one.
        _processor = images.Processor.ViewCount == 1
            ? images.Processor
            : new ClipImageProcessor(images.Processor.Config with { CropPolicy = ImageCropPolicy.CenterCrop });
    }

    public AttentionMap Map(AudioClip clip, SpeechEmbedding speech, RgbImage image)
    {
        using var scope = NewDisposeScope();
        var (pixels, seen) = See(image);
        return Finish(image, _gradients.OfPatches(pixels, speech.Vector.Span), clip, Listen(clip, speech, seen), speech.Vector.Span, seen);
    }

    public AttentionMap Map(float[] text, RgbImage image)
    {
        using var scope = NewDisposeScope();
        var (pixels, seen) = See(image);
        return Finish(image, _gradients.OfPatches(pixels, text), null, [], text, seen);
    }

    private (Tensor Pixels, float[] Vector) See(RgbImage image)
    {
        using var noGrad = no_grad();
        var values = new float[_processor.OutputLength];
        _processor.Process(image, values);
        var pixels = tensor(values, [1, 3, _processor.Size, _processor.Size]);
        return (pixels, TensorRows.ToArrays(_network.EmbedImage(pixels))[0]);
    }

    // Each window is compared by itself; together they are the curve.
    private float[] Listen(AudioClip clip, SpeechEmbedding speech, float[] image)
    {
        if (!_network.Config.HasAcoustic)
        {
            return [];
        }

        var windows = _speech.Open(clip);
        var curve = new List<float>();
        for (int window = 0; window < windows.Count; window++)
        {
            using var scope = NewDisposeScope();
            var frames = _speech.Frames(windows, window);
            curve.AddRange(
                _gradients.OfFrames(frames, _speech.ValidFrames([windows.Samples(window).Length]), speech.TextVector?.ToArray(), image));
        }

        return [.. curve];
    }

    private AttentionMap Finish(
        RgbImage image, float[] patches, AudioClip? clip, float[] curve, ReadOnlySpan<float> query, ReadOnlySpan<float> seen)
    {
        float similarity = TensorPrimitives.CosineSimilarity(query, seen);
        var view = new RgbImage(_processor.Size, _processor.Size, _processor.ResizeAndCrop(image));
        return new AttentionMap(view, _backbone.Clip.Config.Vision.GridSize, patches, clip, curve, similarity);
    }
}
