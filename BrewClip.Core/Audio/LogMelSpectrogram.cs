namespace BrewClip.Core.Audio;

/// <summary>
/// Whisper's front end: 16 kHz samples to a log-mel spectrogram. Frames of 400 samples every 160 under a periodic Hann window, centred with
/// reflection at both ends, the last one dropped; power; Slaney's mel filters; log10 of at least 1e-10, floored at 8 below the utterance's
/// maximum, then (x + 4) / 4. The maximum is always that of one utterance. Immutable, thread-safe and reusable.
/// </summary>
public sealed class LogMelSpectrogram
{
    /// <summary>The rate that samples must have, in hertz.</summary>
    public const int SampleRate = 16_000;

    /// <summary>Samples per frame: the size of the Fourier transform.</summary>
    public const int FrequencySize = 400;

    /// <summary>Samples from one frame to the next: 10 ms.</summary>
    public const int HopLength = 160;

    /// <summary>Samples of the 30-second window that Whisper's encoder takes.</summary>
    public const int WindowSamples = 480_000;

    /// <summary>Frames of that window.</summary>
    public const int WindowFrames = WindowSamples / HopLength;

    private static readonly float[] _hann = PeriodicHann();

    private readonly MelFilterBank _filters;

    /// <summary>Prepares the filters.</summary>
    /// <param name="melBins">80 for most Whisper models, 128 for large-v3; any number above 0 works.</param>
    public LogMelSpectrogram(int melBins)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(melBins, 1);
        _filters = MelFilterBank.Slaney(melBins, SampleRate, FrequencySize);
    }

    /// <summary>Rows of the result.</summary>
    public int MelBins => _filters.Bins;

    /// <summary>
    /// The most threads that one call uses, one per 20 s of sound at most; every processor by default. Set 1 where callers run side by
    /// side.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int MaxDegreeOfParallelism
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "At least one thread is needed.");
    } = Environment.ProcessorCount;

    /// <summary>The columns that <paramref name="samples"/> samples become: samples / 160, rounded down.</summary>
    public int FrameCount(int samples)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(samples);
        return samples / HopLength;
    }

    /// <summary>Computes the spectrogram of all samples, unpadded.</summary>
    /// <param name="samples">16 kHz mono, any length. A clip shorter than its reflection (201 samples) is reflected back and forth.</param>
    /// <param name="destination">Takes [MelBins, FrameCount(samples.Length)], row-major.</param>
    /// <exception cref="ArgumentException">The destination is too short, a sample is not finite, or the samples are so large that their
    /// power is not.</exception>
    public void Compute(ReadOnlySpan<float> samples, Span<float> destination) => Compute(samples, 0, destination);

    /// <summary>
    /// Computes the spectrogram of the samples followed by <paramref name="trailingZeros"/> zeros, which are never stored. With
    /// <see cref="WindowSamples"/> zeros this is what Whisper's transcription slices its windows from.
    /// </summary>
    /// <param name="samples">16 kHz mono, any length.</param>
    /// <param name="trailingZeros">How many zeros follow, at least 0.</param>
    /// <param name="destination">Takes [MelBins, FrameCount(samples.Length + trailingZeros)], row-major.</param>
    /// <exception cref="ArgumentException">The destination is too short, a sample is not finite, or the samples are so large that their
    /// power is not.</exception>
    public void Compute(ReadOnlySpan<float> samples, int trailingZeros, Span<float> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(trailingZeros);
        int total = checked(samples.Length + trailingZeros);
        int frames = FrameCount(total);
        long needed = (long)MelBins * frames;
        if (destination.Length < needed)
        {
            throw new ArgumentException(
                $"A spectrogram of {MelBins} bins and {frames} frames needs {needed} numbers; the destination has {destination.Length}.",
                nameof(destination));
        }

        if (AudioClip.IndexOfNonFinite(samples) is >= 0 and int position)
        {
            throw new ArgumentException($"Sample {position} is {samples[position]}: a spectrogram needs finite numbers.", nameof(samples));
        }

        if (frames > 0)
        {
            LogMelPass.Run(samples, total, _hann, _filters, MaxDegreeOfParallelism, destination[..(int)needed]);
        }
    }

    /// <summary>Computes the 30-second window that Whisper's encoder takes: the samples cut or filled up with zeros to 480 000.</summary>
    /// <param name="samples">16 kHz mono, any length.</param>
    /// <param name="destination">Takes [MelBins, 3000], row-major.</param>
    /// <exception cref="ArgumentException">The destination is too short, a sample is not finite, or the samples are so large that their
    /// power is not.</exception>
    public void ComputeWindow(ReadOnlySpan<float> samples, Span<float> destination)
    {
        ReadOnlySpan<float> window = samples[..Math.Min(samples.Length, WindowSamples)];
        Compute(window, WindowSamples - window.Length, destination);
    }

    private static float[] PeriodicHann()
    {
        var window = new float[FrequencySize];
        for (int n = 0; n < window.Length; n++)
        {
            window[n] = (float)(0.5 - 0.5 * Math.Cos(2 * Math.PI * n / FrequencySize));
        }

        return window;
    }
}
