using BenchmarkDotNet.Attributes;
using BrewClip.Core.Audio;

namespace BrewClip.Benchmarks.Audio;

/// <summary>Ten seconds resampled to 16 kHz, whole and in blocks, on one thread.</summary>
[MemoryDiagnoser]
public class ResamplingBenchmark
{
    private readonly float[] _output = new float[160_000];
    private float[] _samples = [];

    [Params(48_000, 44_100)]
    public int Rate { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        _samples = [.. Enumerable.Range(0, 10 * Rate).Select(_ => (float)(random.NextDouble() - 0.5))];
    }

    [Benchmark(Baseline = true)]
    public float[] Whole() => Resampler.Resample(_samples, Rate, 16_000);

    [Benchmark]
    public int InBlocks()
    {
        var stream = new StreamingResampler(Rate, 16_000);
        int count = 0;
        for (int start = 0; start < _samples.Length; start += 30_000)
        {
            stream.Write(_samples.AsSpan(start, Math.Min(30_000, _samples.Length - start)));
            count += stream.Read(_output.AsSpan(count));
        }

        stream.Complete();
        return count + stream.Read(_output.AsSpan(count));
    }
}
