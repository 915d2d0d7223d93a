using BenchmarkDotNet.Attributes;

namespace BrewClip.Benchmarks.Brew;

/// <summary>Utterances to vectors, end to end; the peer is Peers/encode_speech.py.</summary>
public class EncodeSpeechBenchmark : WorkloadBenchmark
{
    [Params(1, 16)]
    public int Utterances { get; set; }

    private protected override Workload Create() => new EncodeSpeechWorkload(Utterances);
}
