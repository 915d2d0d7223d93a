using BrewClip.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace BrewClip.Models.Clip;

/// <summary>
/// Each patch of an image times one matrix. Checkpoints store it as a convolution whose stride is its kernel, [width, 3, patch, patch];
/// as a matrix product it needs no transposition of its result.
/// </summary>
internal sealed class PatchEmbedding : nn.Module<Tensor, Tensor>
{
    private readonly Parameter weight;
    private readonly long _patch;

    public PatchEmbedding(long channels, long patch, long width, ParameterOptions options)
        : base(nameof(PatchEmbedding))
    {
        _patch = patch;
        weight = options.Allocate(width, channels, patch, patch);
        RegisterComponents();
    }

    /// <summary>
    /// [N, channels, height, width] to [N, patches in reading order, width of the tower]; a remainder at the edges is not read.
    /// </summary>
    public override Tensor forward(Tensor pixels)
    {
        using var scope = NewDisposeScope();
        var shape = pixels.shape;
        long rows = shape[2] / _patch, columns = shape[3] / _patch;
        var patches = pixels.narrow(2, 0, rows * _patch).narrow(3, 0, columns * _patch)
            .reshape(shape[0], shape[1], rows, _patch, columns, _patch)
            .permute(0, 2, 4, 1, 3, 5)
            .reshape(shape[0], rows * columns, shape[1] * _patch * _patch);
        return F.linear(patches, weight.view(weight.shape[0], -1)).MoveToOuterDisposeScope();
    }
}
