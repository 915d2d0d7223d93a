using BenchmarkDotNet.Attributes;

namespace BrewClip.Benchmarks.Whisper;

/// <summary>Thirty seconds through the encoder; the peer is Peers/whisper_encoder.py.</summary>
public class WhisperEncoderBenchmark : WorkloadBenchmark
{
    [Params("tiny", "base", "small")]
    public string Size { get; set; } = "";

    private protected override Workload Create() => new WhisperEncoderWorkload(Size);
}
