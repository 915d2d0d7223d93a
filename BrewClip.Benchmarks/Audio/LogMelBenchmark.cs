using BenchmarkDotNet.Attributes;
using BrewClip.Core.Audio;

namespace BrewClip.Benchmarks.Audio;

/// <summary>Thirty seconds of samples to Whisper's log-mel spectrogram, which takes one thread; the peer is Peers/log_mel.py.</summary>
[MemoryDiagnoser]
public class LogMelBenchmark
{
    private float[] _samples = [];
    private float[] _mel = [];
    private LogMelSpectrogram _front = null!;

    [Params(80, 128)]
    public int MelBins { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        _samples = [.. Enumerable.Range(0, LogMelSpectrogram.WindowSamples).Select(_ => (float)(random.NextDouble() - 0.5))];
        _front = new LogMelSpectrogram(MelBins);
        _mel = new float[MelBins * LogMelSpectrogram.WindowFrames];
    }

    [Benchmark(Baseline = true)]
    public void ThirtySeconds() => _front.ComputeWindow(_samples, _mel);

    [Benchmark]
    public void FiveSecondsAndSilence() => _front.ComputeWindow(_samples.AsSpan(0, 80_000), _mel);
}
