using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace BrewClip.Benchmarks.Gpu;

/// <summary>Attention of every position to every position, fused or composed of two products and a softmax.</summary>
internal sealed record AttentionKernel(int Batch, int Heads, int Positions, bool Fused) : GpuKernel
{
    private const int Depth = 64;

    public override double Operations => Benchmarks.Work.Attention((double)Batch * Heads, Positions, Positions, Depth);

    public override IReadOnlyList<string> Peer => ["attention", $"{Batch}", $"{Heads}", $"{Positions}", Fused ? "fused" : "composed"];

    // Query, key, value and result: scores need not leave the chip.
    public override double Bytes(int elementSize) => elementSize * 4.0 * Batch * Heads * Positions * Depth;

    protected override KernelRun Create(Device device, ScalarType type)
    {
        var parts = Enumerable.Range(0, 3)
            .Select(_ => randn([Batch, Heads, Positions, Depth], device: device).to(type).DetachFromDisposeScope()).ToArray();
        return new KernelRun(() => Run(parts[0], parts[1], parts[2]), parts);
    }

    private void Run(Tensor query, Tensor key, Tensor value)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        _ = Fused
            ? F.scaled_dot_product_attention(query, key, value)
            : (query * (1 / Math.Sqrt(Depth))).matmul(key.transpose(-2, -1)).softmax(-1).matmul(value);
    }
}
