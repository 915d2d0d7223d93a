using BrewClip.Core.Checkpoints;
using BrewClip.Models.Clip;
using static TorchSharp.torch;

namespace BrewClip.Benchmarks.Clip;

/// <summary>Prepared pixels through CLIP's image tower.</summary>
internal sealed class ClipImageWorkload : Workload
{
    private readonly ClipModel _model;
    private readonly int _images;
    private readonly float[] _values;
    private readonly Tensor _pixels;

    /// <param name="preset">Such as <c>clip-vit-base-patch32</c>.</param>
    /// <param name="images">Images in one pass.</param>
    public ClipImageWorkload(string preset, int images)
    {
        _images = images;
        _model = PublishedSize.Clip(preset);
        int size = _model.Config.Vision.ImageSize;
        _values = RandomValues.Floats(images * 3 * size * size);
        _pixels = tensor(_values, [images, 3, size, size]);
        _pixels.DetachFromDisposeScope();
    }

    public override double Operations => _images * Work.Image(_model.Config);

    public override int Items => _images;

    public override void Run() => _model.Vision.Encode(_pixels).Dispose();

    public override IReadOnlyList<string> PeerArguments(string folder)
    {
        var vision = _model.Config.Vision;
        string pixels = Path.Combine(folder, "pixels.npy");
        NpyFile.Write(pixels, _values, _images, 3, vision.ImageSize, vision.ImageSize);
        return
        [
            "image", pixels, $"{vision.Layers}", $"{vision.HiddenSize}", $"{vision.AttentionHeads}", $"{_model.Config.EmbeddingSize}",
            $"{vision.PatchSize}",
        ];
    }

    public override void Dispose()
    {
        _pixels.Dispose();
        _model.Dispose();
    }
}
