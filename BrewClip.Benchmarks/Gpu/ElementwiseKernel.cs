using BrewClip.Models.Layers;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace BrewClip.Benchmarks.Gpu;

/// <summary>What stands between the products of a transformer.</summary>
internal enum Elementwise
{
    LayerNorm,
    Gelu,
    QuickGelu,
}

/// <summary>LayerNorm or an activation over rows of a width: bound by memory, which it should read and write once.</summary>
internal sealed record ElementwiseKernel(Elementwise Function, long Rows, int Width) : GpuKernel
{
    public override double Operations => 0;

    public override IReadOnlyList<string> Peer => ["elementwise", $"{Function}", $"{Rows}", $"{Width}"];

    public override double Bytes(int elementSize) => elementSize * 2.0 * Rows * Width;

    protected override KernelRun Create(Device device, ScalarType type)
    {
        var input = randn([Rows, Width], device: device).to(type).DetachFromDisposeScope();
        var weight = ones([Width], dtype: type, device: device).DetachFromDisposeScope();
        var bias = zeros([Width], dtype: type, device: device).DetachFromDisposeScope();
        return new KernelRun(() => Run(input, weight, bias), input, weight, bias);
    }

    private void Run(Tensor input, Tensor weight, Tensor bias)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        _ = Function switch
        {
            Elementwise.LayerNorm => F.layer_norm(input, [Width], weight, bias),
            Elementwise.Gelu => F.gelu(input),
            _ => Activation.QuickGelu.Apply(input),
        };
    }
}
