using BenchmarkDotNet.Attributes;

namespace BrewClip.Benchmarks.Checkpoints;

/// <summary>A checkpoint loaded; the peer is Peers/safetensors_load.py.</summary>
public class SafetensorsBenchmark : WorkloadBenchmark
{
    /// <summary>28 MB each.</summary>
    [Params(12)]
    public int Layers { get; set; }

    private protected override Workload Create() => new SafetensorsWorkload(Layers);
}
