using BenchmarkDotNet.Attributes;

namespace BrewClip.Benchmarks.Clip;

/// <summary>Images through the image tower; the peer is Peers/clip_towers.py.</summary>
public class ClipImageBenchmark : WorkloadBenchmark
{
    [Params("clip-vit-base-patch32", "clip-vit-large-patch14")]
    public string Preset { get; set; } = "";

    [Params(1, 16)]
    public int Batch { get; set; }

    private protected override Workload Create() => new ClipImageWorkload(Preset, Batch);
}
