using BrewClip.Models.Layers;
using static TorchSharp.torch;

namespace BrewClip.Benchmarks.Gpu;

/// <summary>The feed-forward half of a transformer layer: widen, activate, narrow.</summary>
internal sealed record FeedForwardKernel(long Rows, int Width, int Inner) : GpuKernel
{
    public override double Operations => Benchmarks.Work.Product(Rows, 2.0 * Inner, Width);

    public override IReadOnlyList<string> Peer => ["feed_forward", $"{Rows}", $"{Width}", $"{Inner}"];

    // The inner rows are written and read: a product's result leaves the chip.
    public override double Bytes(int elementSize) => elementSize * (2.0 * Width * Inner + Rows * (2.0 * Width + 2.0 * Inner));

    protected override KernelRun Create(Device device, ScalarType type)
    {
        var options = new ParameterOptions(type, device, RequiresGradient: false);
        var widen = PublishedSize.Filled(new LinearLayer(Width, Inner, options));
        var narrow = PublishedSize.Filled(new LinearLayer(Inner, Width, options));
        var input = randn([Rows, Width], device: device).to(type).DetachFromDisposeScope();
        return new KernelRun(() => Run(input, widen, narrow), input, widen, narrow);
    }

    private static void Run(Tensor input, LinearLayer widen, LinearLayer narrow)
    {
        using var noGrad = no_grad();
        FeedForward.Apply(input, widen, Activation.Gelu, narrow).Dispose();
    }
}
