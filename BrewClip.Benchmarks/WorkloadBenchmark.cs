using BenchmarkDotNet.Attributes;

namespace BrewClip.Benchmarks;

/// <summary>A <see cref="Workload"/> under BenchmarkDotNet, its managed allocation among what is measured.</summary>
[MemoryDiagnoser]
public abstract class WorkloadBenchmark
{
    private Workload _workload = null!;

    [GlobalSetup]
    public void Setup() => _workload = Create();

    [Benchmark]
    public void Run() => _workload.Run();

    [GlobalCleanup]
    public void Cleanup() => _workload.Dispose();

    private protected abstract Workload Create();
}
