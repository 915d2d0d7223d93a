using System.Numerics;
using System.Numerics.Tensors;

namespace BrewClip.Core.Audio;

/// <summary>
/// Kaldi's log-mel filter-bank features as torchaudio.compliance.kaldi.fbank computes them with htk_compat, a Hann window and no dither:
/// frames of 25 ms every 10 ms that lie wholly within the samples (snip edges), their mean removed, pre-emphasis 0.97, a symmetric Hann
/// window, zeros up to a power of two, power, mel filters from 20 Hz to the Nyquist frequency, natural logarithm of at least 2^-23.
/// Immutable and thread-safe.
/// </summary>
/// <remarks>The features are neither normalised nor is the utterance's mean removed first: where a model wants that, its front end does
/// it.</remarks>
public sealed class KaldiFilterBank
{
    private const float PreEmphasis = 0.97f;
    private const float SmallestEnergy = 1.1920929e-07f; // float32's epsilon, as Kaldi has it

    private readonly MelFilterBank _filters;
    private readonly RealFourierTransform _transform;
    private readonly float[] _window;

    /// <summary>Prepares window, transform and filters.</summary>
    /// <param name="melBins">Mel bins, at least 1; audio transformers use 128.</param>
    /// <param name="sampleRate">The rate of the samples, from 1000 Hz.</param>
    public KaldiFilterBank(int melBins = 128, int sampleRate = 16_000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(melBins, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleRate, 1000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sampleRate, AudioClip.MaxSampleRate);
        SampleRate = sampleRate;
        FrameLength = (int)(sampleRate * 25.0 * 0.001);
        HopLength = (int)(sampleRate * 10.0 * 0.001);
        _transform = new RealFourierTransform((int)BitOperations.RoundUpToPowerOf2((uint)FrameLength));
        _filters = MelFilterBank.Kaldi(melBins, sampleRate, _transform.Size);
        _window = [.. Enumerable.Range(0, FrameLength).Select(n => (float)(0.5 - 0.5 * Math.Cos(2 * Math.PI * n / (FrameLength - 1))))];
    }

    /// <summary>Numbers per frame.</summary>
    public int MelBins => _filters.Bins;

    /// <summary>The rate that samples must have.</summary>
    public int SampleRate { get; }

    /// <summary>Samples per frame: 25 ms.</summary>
    public int FrameLength { get; }

    /// <summary>Samples from one frame to the next: 10 ms.</summary>
    public int HopLength { get; }

    /// <summary>Frames that lie wholly within <paramref name="samples"/> samples; 0 where there are fewer than one frame's.</summary>
    public int FrameCount(int samples) => samples < FrameLength ? 0 : 1 + (samples - FrameLength) / HopLength;

    /// <summary>Computes the features.</summary>
    /// <param name="samples">Mono, at <see cref="SampleRate"/>.</param>
    /// <param name="destination">Takes [FrameCount(samples.Length), MelBins], row-major.</param>
    /// <exception cref="ArgumentException">The destination is too short, a sample is not finite, or the samples are so large that their
    /// power is not.</exception>
    public void Compute(ReadOnlySpan<float> samples, Span<float> destination)
    {
        int frames = FrameCount(samples.Length);
        if (destination.Length < (long)frames * MelBins)
        {
            throw new ArgumentException(
                $"{frames} frames of {MelBins} bins need {(long)frames * MelBins} numbers; the destination has {destination.Length}.",
                nameof(destination));
        }

        if (AudioClip.IndexOfNonFinite(samples) is >= 0 and int position)
        {
            throw new ArgumentException($"Sample {position} is {samples[position]}: a filter bank needs finite numbers.", nameof(samples));
        }

        int half = _transform.Size / 2;
        Span<float> scratch = new float[_transform.Size + 3 * half];
        Span<float> frame = scratch[.._transform.Size];
        Span<float> power = scratch.Slice(_transform.Size, half);
        for (int i = 0; i < frames; i++)
        {
            Prepare(samples.Slice(i * HopLength, FrameLength), frame);
            _transform.Power(frame, scratch.Slice(_transform.Size + half, half), scratch[(_transform.Size + 2 * half)..], power);
            Span<float> row = destination.Slice(i * MelBins, MelBins);
            _filters.Apply(power, row);
            TensorPrimitives.Max(row, SmallestEnergy, row);
            TensorPrimitives.Log(row, row);
            if (!float.IsFinite(TensorPrimitives.Max<float>(row)))
            {
                throw new ArgumentException(
                    $"The samples reach {TensorPrimitives.MaxMagnitude(samples)}, whose power is beyond float32: scale them to [-1, 1].",
                    nameof(samples));
            }
        }
    }

    /// <summary>Removes the frame's mean, emphasises, and windows; what follows the frame stays zero.</summary>
    private void Prepare(ReadOnlySpan<float> samples, Span<float> frame)
    {
        TensorPrimitives.Subtract(samples, TensorPrimitives.Sum(samples) / samples.Length, frame);
        for (int n = FrameLength - 1; n > 0; n--)
        {
            frame[n] -= PreEmphasis * frame[n - 1];
        }

        frame[0] -= PreEmphasis * frame[0];
        TensorPrimitives.Multiply(frame[..FrameLength], _window, frame);
    }
}
