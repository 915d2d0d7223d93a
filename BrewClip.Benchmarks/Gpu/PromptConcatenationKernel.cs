using BrewClip.Models.Brew;
using static TorchSharp.torch;

namespace BrewClip.Benchmarks.Gpu;

/// <summary>The acoustic branch's sequence: class embedding, prompts and frames joined, and the mask of what is sound.</summary>
internal sealed record PromptConcatenationKernel(int Batch, int Frames, int Width, int Prompts = 4) : GpuKernel
{
    public override double Operations => 0;

    public override IReadOnlyList<string> Peer => ["prompt_concatenation", $"{Batch}", $"{Frames}", $"{Width}", $"{Prompts}"];

    public override double Bytes(int elementSize) =>
        elementSize * (double)Batch * Width * (2.0 * Frames + 1 + Prompts) + (double)Batch * (Frames + 1 + Prompts);

    protected override KernelRun Create(Device device, ScalarType type)
    {
        var frames = randn([Batch, Frames, Width], device: device).to(type).DetachFromDisposeScope();
        var first = randn([1, 1, Width], device: device).to(type).DetachFromDisposeScope();
        var prompts = randn([Prompts, Width], device: device).to(type).DetachFromDisposeScope();
        var valid = full([Batch], Frames / 2, dtype: ScalarType.Int64, device: device).DetachFromDisposeScope();
        return new KernelRun(() => Run(frames, first, prompts, valid), frames, first, prompts, valid);
    }

    private void Run(Tensor frames, Tensor first, Tensor prompts, Tensor valid)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        _ = AcousticBranch.Mask(frames, prompts, valid);
        _ = cat([first.expand(Batch, 1, Width), prompts.unsqueeze(0).expand(Batch, Prompts, Width), frames], 1);
    }
}
