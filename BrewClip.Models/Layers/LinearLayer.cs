using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace BrewClip.Models.Layers;

/// <summary>x·Wᵀ + b over the last dimension, its weight stored [output, input] as checkpoints have it.</summary>
internal sealed class LinearLayer : nn.Module<Tensor, Tensor>
{
    private readonly Parameter weight;
    private readonly Parameter? bias;

    public LinearLayer(long inputs, long outputs, ParameterOptions options, bool hasBias = true)
        : base(nameof(LinearLayer))
    {
        weight = options.Allocate(outputs, inputs);
        bias = hasBias ? options.Allocate(outputs) : null;
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => F.linear(input, weight, bias);
}
