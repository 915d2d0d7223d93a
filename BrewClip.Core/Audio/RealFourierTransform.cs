namespace BrewClip.Core.Audio;

/// <summary>
/// The Fourier transform of real frames whose length is a power of two, as one complex transform of half the length. Immutable and
/// thread-safe; the caller brings the memory.
/// </summary>
internal sealed class RealFourierTransform
{
    private readonly int _half;
    private readonly int[] _reversed;
    private readonly float[] _cosines;
    private readonly float[] _sines;

    /// <summary>Prepares the tables.</summary>
    /// <param name="size">Samples per frame: a power of two from 4 up.</param>
    public RealFourierTransform(int size)
    {
        if (size < 4 || (size & (size - 1)) != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(size), size, "The size is a power of two from 4 up.");
        }

        Size = size;
        _half = size / 2;
        _reversed = new int[_half];
        for (int i = 1; i < _half; i++)
        {
            _reversed[i] = (_reversed[i / 2] / 2) | ((i & 1) * _half / 2);
        }

        _cosines = [.. Enumerable.Range(0, _half + 1).Select(i => (float)Math.Cos(2 * Math.PI * i / size))];
        _sines = [.. Enumerable.Range(0, _half + 1).Select(i => (float)Math.Sin(2 * Math.PI * i / size))];
    }

    /// <summary>Samples per frame.</summary>
    public int Size { get; }

    /// <summary>The squared magnitudes of frequencies 0 to Size / 2 - 1; the Nyquist frequency is left out.</summary>
    /// <param name="frame">[Size]</param>
    /// <param name="real">Scratch, [Size / 2].</param>
    /// <param name="imaginary">Scratch, [Size / 2].</param>
    /// <param name="power">Takes [Size / 2].</param>
    public void Power(ReadOnlySpan<float> frame, Span<float> real, Span<float> imaginary, Span<float> power)
    {
        for (int i = 0; i < _half; i++)
        {
            real[_reversed[i]] = frame[2 * i];
            imaginary[_reversed[i]] = frame[2 * i + 1];
        }

        for (int span = 1; span < _half; span *= 2)
        {
            Butterflies(span, real, imaginary);
        }

        power[0] = (real[0] + imaginary[0]) * (real[0] + imaginary[0]);
        for (int k = 1; k < _half; k++)
        {
            power[k] = Split(k, real, imaginary);
        }
    }

    private void Butterflies(int span, Span<float> real, Span<float> imaginary)
    {
        int stride = _half / span;
        for (int start = 0; start < _half; start += 2 * span)
        {
            Span<float> lowReal = real.Slice(start, span);
            Span<float> lowImaginary = imaginary.Slice(start, span);
            Span<float> highReal = real.Slice(start + span, span);
            Span<float> highImaginary = imaginary.Slice(start + span, span);
            for (int k = 0; k < span; k++)
            {
                float cosine = _cosines[k * stride];
                float sine = _sines[k * stride];
                float turnedReal = highReal[k] * cosine + highImaginary[k] * sine;
                float turnedImaginary = highImaginary[k] * cosine - highReal[k] * sine;
                highReal[k] = lowReal[k] - turnedReal;
                highImaginary[k] = lowImaginary[k] - turnedImaginary;
                lowReal[k] += turnedReal;
                lowImaginary[k] += turnedImaginary;
            }
        }
    }

    /// <summary>Separates the even samples' spectrum from the odd ones', which were transformed as one complex sequence.</summary>
    private float Split(int k, ReadOnlySpan<float> real, ReadOnlySpan<float> imaginary)
    {
        int mirror = _half - k;
        float evenReal = (real[k] + real[mirror]) / 2;
        float evenImaginary = (imaginary[k] - imaginary[mirror]) / 2;
        float oddReal = (imaginary[k] + imaginary[mirror]) / 2;
        float oddImaginary = (real[mirror] - real[k]) / 2;
        float sumReal = evenReal + oddReal * _cosines[k] + oddImaginary * _sines[k];
        float sumImaginary = evenImaginary + oddImaginary * _cosines[k] - oddReal * _sines[k];
        return sumReal * sumReal + sumImaginary * sumImaginary;
    }
}
