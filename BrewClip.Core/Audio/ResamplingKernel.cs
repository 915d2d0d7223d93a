using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace BrewClip.Core.Audio;

/// <summary>
/// The polyphase filter of one rate ratio: a sinc under a squared-cosine (Hann) window, six zero crossings to each side, cut off at 0.99 of
/// the lower Nyquist frequency. These are the defaults of torchaudio.functional.resample ("sinc_interp_hann", lowpass_filter_width 6,
/// rolloff 0.99), which the goldens were made with.
/// </summary>
internal sealed class ResamplingKernel
{
    private const int ZeroCrossings = 6;
    private const double Rolloff = 0.99;
    private const int MaxCached = 32;
    private const int MaxCachedCoefficients = 1 << 20;

    private static readonly ConcurrentDictionary<(int From, int To), ResamplingKernel> _cache = new();

    private readonly float[] _coefficients;
    private readonly int[] _offsets;

    private ResamplingKernel(int from, int to)
    {
        From = from;
        To = to;
        double cutoff = Math.Min(from, to) * Rolloff;
        int width = (int)Math.Ceiling(ZeroCrossings * from / cutoff);
        Taps = (2 * width + 2 + Vector256<float>.Count - 1) / Vector256<float>.Count * Vector256<float>.Count;
        _coefficients = new float[(long)to * Taps];
        _offsets = new int[to];
        for (int phase = 0; phase < to; phase++)
        {
            _offsets[phase] = (int)((long)phase * from / to) - width;
            FillPhase(phase, cutoff);
        }
    }

    /// <summary>The source rate over the rates' greatest common divisor: how far the input moves per turn through the phases.</summary>
    public int From { get; }

    /// <summary>The target rate over the rates' greatest common divisor: the number of phases.</summary>
    public int To { get; }

    /// <summary>Coefficients per phase, zeros included that fill the last vector.</summary>
    public int Taps { get; }

    /// <summary>The kernel of a ratio, kept for next time.</summary>
    public static ResamplingKernel For(int sourceRate, int targetRate)
    {
        int divisor = GreatestCommonDivisor(sourceRate, targetRate);
        var key = (sourceRate / divisor, targetRate / divisor);
        if (_cache.TryGetValue(key, out ResamplingKernel? kernel))
        {
            return kernel;
        }

        kernel = new ResamplingKernel(key.Item1, key.Item2);
        if (_cache.Count < MaxCached && kernel._coefficients.Length <= MaxCachedCoefficients)
        {
            _cache.TryAdd(key, kernel);
        }

        return kernel;
    }

    /// <summary>The samples that <paramref name="inputLength"/> samples become: ceil(length · to / from).</summary>
    public long OutputLength(long inputLength) => (long)(((Int128)inputLength * To + From - 1) / From);

    /// <summary>One past the last input sample that output <paramref name="index"/> reads.</summary>
    public long InputEnd(long index) => InputStart(index) + Taps;

    /// <summary>The first input sample that output <paramref name="index"/> reads; negative near the start.</summary>
    public long InputStart(long index) => index / To * From + _offsets[(int)(index % To)];

    /// <summary>Computes consecutive outputs; input outside of what is given counts as zero.</summary>
    /// <param name="input">Input samples.</param>
    /// <param name="inputStart">The position of input[0] in the whole input.</param>
    /// <param name="firstOutput">The position of output[0] in the whole output.</param>
    /// <param name="output">Filled.</param>
    public void Apply(ReadOnlySpan<float> input, long inputStart, long firstOutput, Span<float> output)
    {
        int phase = (int)(firstOutput % To);
        long turn = firstOutput / To * From - inputStart;
        Span<float> edge = Taps <= 1024 ? stackalloc float[Taps] : new float[Taps];
        for (int i = 0; i < output.Length; i++)
        {
            long start = turn + _offsets[phase];
            ReadOnlySpan<float> window = start >= 0 && start + Taps <= input.Length
                ? input.Slice((int)start, Taps)
                : PadWithZeros(input, start, edge);
            output[i] = Dot(window, _coefficients.AsSpan(phase * Taps, Taps));
            if (++phase == To)
            {
                phase = 0;
                turn += From;
            }
        }
    }

    private static int GreatestCommonDivisor(int a, int b) => b == 0 ? a : GreatestCommonDivisor(b, a % b);

    private static ReadOnlySpan<float> PadWithZeros(ReadOnlySpan<float> input, long start, Span<float> edge)
    {
        edge.Clear();
        long from = Math.Clamp(start, 0, input.Length);
        long to = Math.Clamp(start + edge.Length, 0, input.Length);
        if (to > from)
        {
            input[(int)from..(int)to].CopyTo(edge[(int)(from - start)..]);
        }

        return edge;
    }

    private static float Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        ref float a = ref MemoryMarshal.GetReference(left);
        ref float b = ref MemoryMarshal.GetReference(right);
        Vector256<float> sum = Vector256<float>.Zero;
        for (nuint i = 0; i < (nuint)right.Length; i += (nuint)Vector256<float>.Count)
        {
            sum = Vector256.MultiplyAddEstimate(Vector256.LoadUnsafe(ref a, i), Vector256.LoadUnsafe(ref b, i), sum);
        }

        return Vector256.Sum(sum);
    }

    /// <summary>In float32 step by step, as the reference is: in double the result would differ from it by 1e-5 of full scale.</summary>
    private void FillPhase(int phase, double cutoff)
    {
        float shift = -phase / (float)To;
        float scale = (float)(cutoff / From);
        for (int tap = 0; tap < Taps; tap++)
        {
            float t = (shift + (_offsets[phase] + tap) / (float)From) * (float)cutoff;
            if (MathF.Abs(t) < ZeroCrossings)
            {
                float window = MathF.Cos(t * MathF.PI / ZeroCrossings / 2);
                float angle = t * MathF.PI;
                float sinc = angle == 0 ? 1 : MathF.Sin(angle) / angle;
                _coefficients[phase * Taps + tap] = sinc * (window * window * scale);
            }
        }
    }
}
