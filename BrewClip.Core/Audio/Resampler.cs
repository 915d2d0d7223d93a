namespace BrewClip.Core.Audio;

/// <summary>
/// Changes the rate of a whole recording by windowed-sinc interpolation, equal to torchaudio.functional.resample with its defaults.
/// For recordings in blocks see <see cref="StreamingResampler"/>, which gives the same samples. Stateless and thread-safe.
/// </summary>
public static class Resampler
{
    /// <summary>The samples that <paramref name="inputLength"/> samples become: ceil(length · targetRate / sourceRate).</summary>
    public static long OutputLength(long inputLength, int sourceRate, int targetRate) =>
        ValidRates(sourceRate, targetRate).OutputLength(inputLength);

    /// <summary>Resamples <paramref name="samples"/>, which are taken to be zero before their start and after their end.</summary>
    /// <param name="samples">Mono samples.</param>
    /// <param name="sourceRate">Their rate, from 1 to <see cref="AudioClip.MaxSampleRate"/>.</param>
    /// <param name="targetRate">The rate wanted, in the same range.</param>
    /// <exception cref="ArgumentOutOfRangeException">A rate is out of range.</exception>
    /// <exception cref="ArgumentException">The result would be longer than an array can be.</exception>
    public static float[] Resample(ReadOnlySpan<float> samples, int sourceRate, int targetRate)
    {
        ResamplingKernel kernel = ValidRates(sourceRate, targetRate);
        if (sourceRate == targetRate)
        {
            return samples.ToArray();
        }

        long length = kernel.OutputLength(samples.Length);
        if (length > Array.MaxLength)
        {
            throw new ArgumentException(
                $"{samples.Length} samples at {sourceRate} Hz are too long to hold at {targetRate} Hz.", nameof(samples));
        }

        var output = new float[length];
        kernel.Apply(samples, 0, 0, output);
        return output;
    }

    private static ResamplingKernel ValidRates(int sourceRate, int targetRate)
    {
        AudioClip.ValidateRate(sourceRate);
        AudioClip.ValidateRate(targetRate);
        return ResamplingKernel.For(sourceRate, targetRate);
    }
}
