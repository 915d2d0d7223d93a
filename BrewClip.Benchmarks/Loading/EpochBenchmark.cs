using BenchmarkDotNet.Attributes;

namespace BrewClip.Benchmarks.Loading;

/// <summary>An epoch of pictures through the loader.</summary>
public class EpochBenchmark : WorkloadBenchmark
{
    [Params(256)]
    public int Pictures { get; set; }

    private protected override Workload Create() => new EpochWorkload(Pictures);
}
