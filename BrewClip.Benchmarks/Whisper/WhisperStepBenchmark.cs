using BenchmarkDotNet.Attributes;

namespace BrewClip.Benchmarks.Whisper;

/// <summary>A greedy step of the decoder; the peer is Peers/whisper_step.py.</summary>
public class WhisperStepBenchmark : WorkloadBenchmark
{
    [Params("tiny", "base", "small")]
    public string Size { get; set; } = "";

    [Params(1, 16)]
    public int Rows { get; set; }

    private protected override Workload Create() => new WhisperStepWorkload(Size, Rows);
}
