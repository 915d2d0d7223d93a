using BenchmarkDotNet.Attributes;

namespace BrewClip.Benchmarks.Clip;

/// <summary>Captions through the text tower; the peer is Peers/clip_towers.py.</summary>
public class ClipTextBenchmark : WorkloadBenchmark
{
    [Params("clip-vit-base-patch32", "clip-vit-large-patch14")]
    public string Preset { get; set; } = "";

    [Params(1, 16)]
    public int Batch { get; set; }

    private protected override Workload Create() => new ClipTextWorkload(Preset, Batch);
}
