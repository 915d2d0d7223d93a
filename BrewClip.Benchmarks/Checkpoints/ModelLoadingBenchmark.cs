using BenchmarkDotNet.Attributes;

namespace BrewClip.Benchmarks.Checkpoints;

/// <summary>A model from its folder.</summary>
public class ModelLoadingBenchmark : WorkloadBenchmark
{
    [Params("clip-vit-base-patch32")]
    public string Preset { get; set; } = "";

    private protected override Workload Create() => new ModelLoadingWorkload(Preset);
}
