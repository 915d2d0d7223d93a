using BrewClip.Benchmarks.Ground;
using BrewClip.Benchmarks.Retrieval;
using static TorchSharp.torch;

namespace BrewClip.Benchmarks.Quick;

/// <summary>What this machine was measured to give at best, with all processors.</summary>
/// <param name="OperationsPerSecond">Of a large float32 product through the same libtorch.</param>
/// <param name="BytesPerSecond">Of a loop that only reads memory.</param>
internal sealed record CpuCeiling(double OperationsPerSecond, double BytesPerSecond)
{
    private const int Rows = 1500, Width = 2048, Rounds = 12;
    private const long ReadBytes = 1L << 30;

    public static CpuCeiling Measure()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (rows, weight) = (randn([Rows, Width]), randn([Width, Width]));
        double product = Timing.Best(Rounds, () => rows.mm(weight.t()).Dispose())[0];
        var memory = new MemoryRead(ReadBytes);
        double read = Timing.Best(Rounds, () => memory.Read())[0];
        return new CpuCeiling(1000 * Work.Product(Rows, Width, Width) / product, 1000 * ReadBytes / read);
    }
}
