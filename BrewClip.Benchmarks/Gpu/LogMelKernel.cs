using BrewClip.Core.Audio;
using static TorchSharp.torch;

namespace BrewClip.Benchmarks.Gpu;

/// <summary>
/// Whisper's log-mel spectrogram of a batch of thirty seconds, through a batched short-time Fourier transform, on the device.
/// </summary>
internal sealed record LogMelKernel(int Batch, int Samples, int Bins = 80) : GpuKernel
{
    private const int Size = LogMelSpectrogram.FrequencySize, Hop = LogMelSpectrogram.HopLength, Frequencies = Size / 2 + 1;

    /// <summary>float32 alone: a transform of 400 values has no narrower type on CUDA, whose lengths must then be powers of two.</summary>
    public override IReadOnlyList<ScalarType> Types { get; } = [ScalarType.Float32];

    // 2.5 n log2 n for a transform of n real values, and the mel filters' product.
    public override double Operations => (double)Batch * Frames * (2.5 * Size * Math.Log2(Size) + 2.0 * Bins * Frequencies);

    public override IReadOnlyList<string> Peer => ["log_mel", $"{Batch}", $"{Samples}", $"{Bins}"];

    private int Frames => Samples / Hop;

    public override double Bytes(int elementSize) => elementSize * (double)Batch * (Samples + (double)Frames * Bins);

    protected override KernelRun Create(Device device, ScalarType type)
    {
        var samples = rand([Batch, Samples], device: device).DetachFromDisposeScope();
        var window = hann_window(Size).to(device).DetachFromDisposeScope();
        var filters = rand([Bins, Frequencies], device: device).DetachFromDisposeScope();
        return new KernelRun(() => Run(samples, window, filters), samples, window, filters);
    }

    private static void Run(Tensor samples, Tensor window, Tensor filters)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var spectrum = stft(samples, Size, Hop, Size, window, return_complex: true);
        var power = spectrum.narrow(2, 0, spectrum.shape[2] - 1).abs().square();
        var log = filters.matmul(power).clamp_min(1e-10).log10();
        var largest = log.amax([1, 2], keepdim: true);
        _ = (log.maximum(largest - 8) + 4) / 4;
    }
}
