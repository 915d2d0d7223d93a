using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BrewClip.Core.Audio;

/// <summary>Lays eight overlapping frames out side by side, one per vector lane, and windows them on the way.</summary>
internal static unsafe class FrameLanes
{
    /// <summary>Frames side by side.</summary>
    public const int Count = 8;

    /// <summary>lanes[n][frame] = samples[frame · hop + n] · window[n].</summary>
    /// <param name="samples">(Count - 1) · hop + size samples.</param>
    /// <param name="hop">Samples from frame to frame.</param>
    /// <param name="window">[size]</param>
    /// <param name="size">Samples per frame, a multiple of eight.</param>
    /// <param name="lanes">Takes [size] vectors.</param>
    public static void Interleave(float* samples, int hop, float* window, int size, Vector256<float>* lanes)
    {
        if (!Avx.IsSupported)
        {
            InterleaveScalar(samples, hop, window, size, (float*)lanes);
            return;
        }

        for (int n = 0; n < size; n += Count)
        {
            Transpose(samples + n, hop, window + n, lanes + n);
        }
    }

    /// <summary>The same, one number at a time.</summary>
    internal static void InterleaveScalar(float* samples, int hop, float* window, int size, float* lanes)
    {
        for (int n = 0; n < size; n++)
        {
            for (int frame = 0; frame < Count; frame++)
            {
                lanes[n * Count + frame] = samples[frame * hop + n] * window[n];
            }
        }
    }

    /// <summary>An 8 × 8 transposition: pairs, then quads, then halves change places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(float* rows, int hop, float* window, Vector256<float>* columns)
    {
        TransposeQuads(rows, hop, window, out var a0, out var a1, out var a2, out var a3);
        TransposeQuads(rows + 4 * hop, hop, window, out var b0, out var b1, out var b2, out var b3);
        columns[0] = Avx.Permute2x128(a0, b0, 0x20);
        columns[1] = Avx.Permute2x128(a1, b1, 0x20);
        columns[2] = Avx.Permute2x128(a2, b2, 0x20);
        columns[3] = Avx.Permute2x128(a3, b3, 0x20);
        columns[4] = Avx.Permute2x128(a0, b0, 0x31);
        columns[5] = Avx.Permute2x128(a1, b1, 0x31);
        columns[6] = Avx.Permute2x128(a2, b2, 0x31);
        columns[7] = Avx.Permute2x128(a3, b3, 0x31);
    }

    /// <summary>Four windowed rows, each half transposed by itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeQuads(
        float* rows, int hop, float* window,
        out Vector256<float> c0, out Vector256<float> c1, out Vector256<float> c2, out Vector256<float> c3)
    {
        Vector256<float> weights = Vector256.Load(window);
        Vector256<float> r0 = Vector256.Load(rows) * weights;
        Vector256<float> r1 = Vector256.Load(rows + hop) * weights;
        Vector256<float> r2 = Vector256.Load(rows + 2 * hop) * weights;
        Vector256<float> r3 = Vector256.Load(rows + 3 * hop) * weights;
        Vector256<float> low01 = Avx.UnpackLow(r0, r1);
        Vector256<float> high01 = Avx.UnpackHigh(r0, r1);
        Vector256<float> low23 = Avx.UnpackLow(r2, r3);
        Vector256<float> high23 = Avx.UnpackHigh(r2, r3);
        c0 = Avx.Shuffle(low01, low23, 0x44);
        c1 = Avx.Shuffle(low01, low23, 0xEE);
        c2 = Avx.Shuffle(high01, high23, 0x44);
        c3 = Avx.Shuffle(high01, high23, 0xEE);
    }
}
