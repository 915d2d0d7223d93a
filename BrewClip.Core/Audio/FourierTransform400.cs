using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BrewClip.Core.Audio;

/// <summary>
/// The power spectra of eight real frames of 400 samples at once, one frame per vector lane, so that no step shuffles lanes. The 400 reals
/// are taken as 200 complex numbers; 200 = 8 · 25 by the prime-factor algorithm, which needs no twiddles between the two, and 25 = 5 · 5.
/// </summary>
internal static unsafe class FourierTransform400
{
    /// <summary>Points of the spectrum: 0 to the Nyquist frequency.</summary>
    public const int Frequencies = 201;

    private const int Half = 200;
    private const float Cos1 = 0.30901699437494745f; // cos(2π/5)
    private const float Cos2 = -0.8090169943749475f; // cos(4π/5)
    private const float Sin1 = 0.9510565162951535f; // sin(2π/5)
    private const float Sin2 = 0.5877852522924731f; // sin(4π/5)
    private const float SqrtHalf = 0.7071067811865476f;

    // Rows: where the eight inputs of each radix-8 step lie; then where output (k mod 8, k mod 25) goes.
    private static readonly int[] _inputs = [.. Enumerable.Range(0, Half).Select(i => (25 * (i % 8) + 8 * (i / 8)) % Half)];
    private static readonly int[] _outputs = OutputOrder();
    private static readonly (float Cosine, float Sine)[] _twiddles25 =
        [.. Enumerable.Range(0, 25).Select(i => Angle((double)(i / 5 * (i % 5)) / 25))];

    private static readonly (float Cosine, float Sine)[] _twiddles400 =
        [.. Enumerable.Range(0, Half / 2 + 1).Select(i => Angle(i / 400.0))];

    /// <summary>Transforms eight frames; both buffers hold 400 vectors and must not overlap.</summary>
    /// <param name="frames">[400 samples][8 frames], windowed. Overwritten.</param>
    /// <param name="power">Takes [201 frequencies][8 frames]: FOUR TIMES the squared magnitudes, the factor being left to whoever scales
    /// next.</param>
    public static void PowerTimesFour(Vector256<float>* frames, Vector256<float>* power)
    {
        var input = (ComplexLanes*)frames;
        var work = (ComplexLanes*)power;
        fixed (int* inputs = _inputs)
        {
            for (int column = 0; column < 25; column++)
            {
                Radix8(input, inputs + 8 * column, work + 8 * column);
            }
        }

        fixed (int* outputs = _outputs)
        {
            for (int row = 0; row < 8; row++)
            {
                Transform25(work + row, input, outputs + 25 * row);
            }
        }

        SplitIntoPower(input, power);
    }

    private static void Radix8(ComplexLanes* input, int* order, ComplexLanes* output)
    {
        Radix4(input[order[0]], input[order[2]], input[order[4]], input[order[6]], out var e0, out var e1, out var e2, out var e3);
        Radix4(input[order[1]], input[order[3]], input[order[5]], input[order[7]], out var o0, out var o1, out var o2, out var o3);
        o1 = (o1 + o1.TimesMinusI()) * SqrtHalf;
        o2 = o2.TimesMinusI();
        o3 = (o3.TimesMinusI() - o3) * SqrtHalf;
        output[0] = e0 + o0;
        output[1] = e1 + o1;
        output[2] = e2 + o2;
        output[3] = e3 + o3;
        output[4] = e0 - o0;
        output[5] = e1 - o1;
        output[6] = e2 - o2;
        output[7] = e3 - o3;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Radix4(
        ComplexLanes a0, ComplexLanes a1, ComplexLanes a2, ComplexLanes a3,
        out ComplexLanes y0, out ComplexLanes y1, out ComplexLanes y2, out ComplexLanes y3)
    {
        ComplexLanes even = a0 + a2;
        ComplexLanes evenDifference = a0 - a2;
        ComplexLanes odd = a1 + a3;
        ComplexLanes oddDifference = (a1 - a3).TimesMinusI();
        y0 = even + odd;
        y1 = evenDifference + oddDifference;
        y2 = even - odd;
        y3 = evenDifference - oddDifference;
    }

    /// <summary>25 points that lie eight apart in <paramref name="column"/>.</summary>
    [SkipLocalsInit]
    private static void Transform25(ComplexLanes* column, ComplexLanes* output, int* outputs)
    {
        ComplexLanes* inner = stackalloc ComplexLanes[25];
        fixed ((float Cosine, float Sine)* twiddles = _twiddles25)
        {
            for (int b = 0; b < 5; b++)
            {
                ComplexLanes* point = column + 8 * b;
                Radix5(point[0], point[40], point[80], point[120], point[160], out var y0, out var y1, out var y2, out var y3, out var y4);
                (float Cosine, float Sine)* twiddle = twiddles + 5 * b;
                inner[5 * b] = y0;
                inner[5 * b + 1] = y1.Rotate(twiddle[1].Cosine, twiddle[1].Sine);
                inner[5 * b + 2] = y2.Rotate(twiddle[2].Cosine, twiddle[2].Sine);
                inner[5 * b + 3] = y3.Rotate(twiddle[3].Cosine, twiddle[3].Sine);
                inner[5 * b + 4] = y4.Rotate(twiddle[4].Cosine, twiddle[4].Sine);
            }
        }

        for (int c = 0; c < 5; c++)
        {
            Radix5(
                inner[c], inner[5 + c], inner[10 + c], inner[15 + c], inner[20 + c],
                out var y0, out var y1, out var y2, out var y3, out var y4);
            output[outputs[c]] = y0;
            output[outputs[c + 5]] = y1;
            output[outputs[c + 10]] = y2;
            output[outputs[c + 15]] = y3;
            output[outputs[c + 20]] = y4;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Radix5(
        ComplexLanes a0, ComplexLanes a1, ComplexLanes a2, ComplexLanes a3, ComplexLanes a4,
        out ComplexLanes y0, out ComplexLanes y1, out ComplexLanes y2, out ComplexLanes y3, out ComplexLanes y4)
    {
        ComplexLanes sum1 = a1 + a4;
        ComplexLanes sum2 = a2 + a3;
        ComplexLanes difference1 = a1 - a4;
        ComplexLanes difference2 = a2 - a3;
        ComplexLanes real1 = sum2.MultiplyAdd(Cos2, sum1.MultiplyAdd(Cos1, a0));
        ComplexLanes real2 = sum2.MultiplyAdd(Cos1, sum1.MultiplyAdd(Cos2, a0));
        ComplexLanes turned1 = difference2.MultiplyAdd(Sin2, difference1 * Sin1).TimesMinusI();
        ComplexLanes turned2 = difference2.MultiplyAdd(-Sin1, difference1 * Sin2).TimesMinusI();
        y0 = a0 + sum1 + sum2;
        y1 = real1 + turned1;
        y2 = real2 + turned2;
        y3 = real2 - turned2;
        y4 = real1 - turned1;
    }

    /// <summary>From the transform of even + i · odd samples to the power of the real sequence's 201 frequencies, times four.</summary>
    private static void SplitIntoPower(ComplexLanes* packed, Vector256<float>* power)
    {
        Vector256<float> sum = packed[0].Real + packed[0].Imaginary;
        Vector256<float> difference = packed[0].Real - packed[0].Imaginary;
        power[0] = sum * sum * 4;
        power[Half] = difference * difference * 4;
        fixed ((float Cosine, float Sine)* twiddles = _twiddles400)
        {
            for (int k = 1; k <= Half / 2; k++)
            {
                ComplexLanes low = packed[k];
                ComplexLanes high = packed[Half - k];
                var even = new ComplexLanes(low.Real + high.Real, low.Imaginary - high.Imaginary);
                var odd = new ComplexLanes(low.Imaginary + high.Imaginary, high.Real - low.Real);
                odd = odd.Rotate(twiddles[k].Cosine, twiddles[k].Sine);
                power[k] = (even + odd).Power();
                power[Half - k] = (even - odd).Power();
            }
        }
    }

    private static (float Cosine, float Sine) Angle(double turns) =>
        ((float)Math.Cos(2 * Math.PI * turns), (float)Math.Sin(2 * Math.PI * turns));

    private static int[] OutputOrder()
    {
        var order = new int[Half];
        for (int k = 0; k < Half; k++)
        {
            order[k % 8 * 25 + k % 25] = k;
        }

        return order;
    }
}
