using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace BrewClip.Core.Audio;

/// <summary>
/// A mono recording in memory: finite float samples, usually within [-1, 1], and their rate. Immutable, so safe to share between threads as
/// long as the memory that it was made from is left alone.
/// </summary>
public sealed class AudioClip
{
    /// <summary>The highest rate that is believed, in hertz. A header that claims more is taken for damaged.</summary>
    public const int MaxSampleRate = 768_000;

    /// <summary>Wraps <paramref name="samples"/> without copying them.</summary>
    /// <param name="samples">Mono samples; full scale is [-1, 1].</param>
    /// <param name="sampleRate">Samples per second, from 1 to <see cref="MaxSampleRate"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is out of its range.</exception>
    /// <exception cref="ArgumentException">A sample is NaN or infinite; the message names its position.</exception>
    public AudioClip(ReadOnlyMemory<float> samples, int sampleRate)
        : this(samples, sampleRate, isChecked: false)
    {
    }

    private AudioClip(ReadOnlyMemory<float> samples, int sampleRate, bool isChecked)
    {
        ValidateRate(sampleRate);
        if (!isChecked && IndexOfNonFinite(samples.Span) is >= 0 and int position)
        {
            throw new ArgumentException(
                $"Sample {position} is {samples.Span[position]}: an audio clip holds finite numbers only.", nameof(samples));
        }

        Samples = samples;
        SampleRate = sampleRate;
    }

    /// <summary>The samples in time order.</summary>
    public ReadOnlyMemory<float> Samples { get; }

    /// <summary>Samples per second.</summary>
    public int SampleRate { get; }

    /// <summary>How long the clip plays.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds((double)Samples.Length / SampleRate);

    /// <summary>
    /// Decodes the whole file at its own rate, its channels averaged. Files of hours are better read through <see cref="AudioReader"/>.
    /// </summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is a folder, a pipe or a device, empty, damaged, of an unsupported format, holds no
    /// sample or one that is not finite.</exception>
    public static AudioClip Load(string path)
    {
        using AudioReader reader = AudioReader.Open(path);
        return ReadAll(reader);
    }

    /// <summary>Decodes the rest of <paramref name="stream"/> at its own rate, its channels averaged. The stream stays open.</summary>
    /// <param name="stream">A readable stream; one that cannot seek is first read into memory.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="InvalidDataException">As for <see cref="Load(string)"/>.</exception>
    public static AudioClip Load(Stream stream, string name = "stream")
    {
        using AudioReader reader = AudioReader.Open(stream, name);
        return ReadAll(reader);
    }

    /// <summary>The clip at another rate (see <see cref="Resampler"/>), or itself where the rate is already that.</summary>
    /// <param name="sampleRate">Samples per second, from 1 to <see cref="MaxSampleRate"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is out of its range.</exception>
    public AudioClip Resample(int sampleRate)
    {
        ValidateRate(sampleRate);
        return sampleRate == SampleRate
            ? this
            : new AudioClip(Resampler.Resample(Samples.Span, SampleRate, sampleRate), sampleRate, isChecked: true);
    }

    /// <summary>A view of <paramref name="length"/> samples from <paramref name="start"/>; nothing is copied.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The slice reaches outside the clip.</exception>
    public AudioClip Slice(int start, int length) => new(Samples.Slice(start, length), SampleRate, isChecked: true);

    /// <summary>The index of the first NaN or infinity, or -1.</summary>
    internal static int IndexOfNonFinite(ReadOnlySpan<float> samples)
    {
        // A sum that is finite proves every term finite; only where it is not does each sample need a look.
        if (float.IsFinite(TensorPrimitives.SumOfMagnitudes(samples)))
        {
            return -1;
        }

        for (int i = 0; i < samples.Length; i++)
        {
            if (!float.IsFinite(samples[i]))
            {
                return i;
            }
        }

        return -1;
    }

    internal static void ValidateRate(int sampleRate, [CallerArgumentExpression(nameof(sampleRate))] string? name = null)
    {
        if (sampleRate is < 1 or > MaxSampleRate)
        {
            throw new ArgumentOutOfRangeException(name, sampleRate, $"A sample rate is from 1 to {MaxSampleRate} Hz.");
        }
    }

    private static AudioClip ReadAll(AudioReader reader)
    {
        // The claimed length is a hint: what is allocated beyond a few megabytes follows what was really decoded.
        float[] samples = new float[(int)Math.Clamp(reader.ClaimedSamples ?? 0, 1, 1 << 20)];
        int count = 0;
        Span<float> beyond = stackalloc float[256];
        while (true)
        {
            int read = reader.Read(count < samples.Length ? samples.AsSpan(count) : beyond);
            if (read == 0)
            {
                break;
            }

            if (count == samples.Length)
            {
                Array.Resize(ref samples, GrownCapacity(reader, count));
                beyond[..read].CopyTo(samples.AsSpan(count));
            }

            count += read;
        }

        Array.Resize(ref samples, count);
        return new AudioClip(samples, reader.SampleRate, isChecked: true);
    }

    private static int GrownCapacity(AudioReader reader, int count)
    {
        if (count > Array.MaxLength - 256)
        {
            throw new InvalidDataException($"'{reader.Name}' holds more than {count} samples: read it in slices with AudioReader.");
        }

        long doubled = Math.Max(2L * count, 1 << 16);
        long claimed = reader.ClaimedSamples ?? 0;
        return (int)Math.Min(claimed >= count + 256 ? Math.Min(claimed, doubled) : doubled, Array.MaxLength);
    }
}
