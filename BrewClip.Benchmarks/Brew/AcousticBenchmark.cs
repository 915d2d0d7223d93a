using BenchmarkDotNet.Attributes;

namespace BrewClip.Benchmarks.Brew;

/// <summary>Frames through the acoustic branch; the peer is Peers/acoustic_branch.py.</summary>
public class AcousticBenchmark : WorkloadBenchmark
{
    [Params(1, 16)]
    public int Utterances { get; set; }

    private protected override Workload Create() => new AcousticWorkload(Utterances);
}
