using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace BrewClip.Models.Layers;

/// <summary>Layer normalisation over the last dimension; libtorch accumulates in float32 whatever the element type.</summary>
internal sealed class NormLayer : nn.Module<Tensor, Tensor>
{
    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly long[] _shape;
    private readonly double _epsilon;

    public NormLayer(long width, ParameterOptions options, double epsilon = 1e-5)
        : base(nameof(NormLayer))
    {
        _shape = [width];
        _epsilon = epsilon;
        weight = options.Allocate(width);
        bias = options.Allocate(width);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => F.layer_norm(input, _shape, weight, bias, _epsilon);
}
