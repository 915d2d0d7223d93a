using static TorchSharp.torch;

namespace BrewClip.Benchmarks.Gpu;

/// <summary>The ten nearest of many embeddings for some queries: blocks of products, each reduced to its ten before the next.</summary>
internal sealed record SimilarityKernel(int Queries, int Count, int Width, int Block) : GpuKernel
{
    private const int Top = 10;

    public override double Operations => Benchmarks.Work.Product(Queries, Count, Width);

    public override IReadOnlyList<string> Peer => ["similarity", $"{Queries}", $"{Count}", $"{Width}", $"{Block}"];

    public override double Bytes(int elementSize) => elementSize * (double)Count * Width;

    protected override KernelRun Create(Device device, ScalarType type)
    {
        // Filled block by block: random float32 of all at once would not fit beside a float16 copy.
        var embeddings = empty([Count, Width], dtype: type, device: device).DetachFromDisposeScope();
        for (int start = 0; start < Count; start += Block)
        {
            using var scope = NewDisposeScope();
            int count = Math.Min(Block, Count - start);
            embeddings.narrow(0, start, count).copy_(randn([count, Width], device: device));
        }

        var queries = randn([Queries, Width], device: device).to(type).DetachFromDisposeScope();
        return new KernelRun(() => Run(embeddings, queries), embeddings, queries);
    }

    private void Run(Tensor embeddings, Tensor queries)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var scores = new List<Tensor>();
        var positions = new List<Tensor>();
        for (int start = 0; start < Count; start += Block)
        {
            var block = embeddings.narrow(0, start, Math.Min(Block, Count - start));
            var (values, indices) = topk(queries.mm(block.t()), Math.Min(Top, (int)block.shape[0]), dim: 1);
            scores.Add(values);
            positions.Add(indices + start);
        }

        var (_, best) = topk(cat(scores, 1), Top, dim: 1);
        _ = cat(positions, 1).gather(1, best);
    }
}
