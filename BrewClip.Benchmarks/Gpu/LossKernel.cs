using BrewClip.Training.Losses;
using static TorchSharp.torch;

namespace BrewClip.Benchmarks.Gpu;

/// <summary>The inner and outer loss of a batch, forward and backward to the four embeddings.</summary>
internal sealed record LossKernel(int Batch, int Width) : GpuKernel
{
    // Two losses, a product each, and two more in the backward.
    public override double Operations => 2 * 3 * Benchmarks.Work.Product(Batch, Batch, Width);

    public override IReadOnlyList<string> Peer => ["loss", $"{Batch}", $"{Width}"];

    // Four embeddings read, their gradients written; similarities go through memory once in each direction and loss.
    public override double Bytes(int elementSize) => elementSize * (8.0 * Batch * Width + 2 * 2 * (double)Batch * Batch);

    protected override KernelRun Create(Device device, ScalarType type)
    {
        var embeddings = Enumerable.Range(0, 4).Select(_ => randn([Batch, Width], device: device).to(type).DetachFromDisposeScope())
            .ToArray();
        var ids = arange(0, Batch, dtype: ScalarType.Int64, device: device).DetachFromDisposeScope();
        var scale = tensor(ContrastiveLoss.InitialLogitScale).to(type).to(device).DetachFromDisposeScope();
        var loss = new InnerOuterLoss();
        return new KernelRun(() => Run(loss, embeddings, ids, scale), [.. embeddings, ids, scale]);
    }

    private static void Run(InnerOuterLoss loss, Tensor[] embeddings, Tensor ids, Tensor scale)
    {
        using var scope = NewDisposeScope();
        var leaves = Array.ConvertAll(embeddings, embedding => embedding.detach().requires_grad_());
        loss.Compute(leaves[0], leaves[1], leaves[2], leaves[3], ids, scale, scale).Total.backward();
        foreach (var leaf in leaves)
        {
            leaf.grad?.Dispose();
        }
    }
}
