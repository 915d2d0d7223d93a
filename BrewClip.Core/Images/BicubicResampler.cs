using System.Buffers;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace BrewClip.Core.Images;

/// <summary>
/// Pillow's two-pass antialiased bicubic resize to the bit: across first, rounded to bytes, then down. Only the window that is asked for,
/// and the rows and columns it depends on, are computed. Stateless and thread-safe.
/// </summary>
internal static class BicubicResampler
{
    private const int Rounding = 1 << (BicubicCoefficients.PrecisionBits - 1);

    /// <summary>
    /// Integers that a pixel takes while rows are filtered: red, green, blue and a zero, so that pixels fill vectors evenly.
    /// </summary>
    private const int Lanes = 4;

    /// <summary>Taps that one vector step takes together.</summary>
    private const int TapsPerStep = 2;

    /// <summary>Resizes an image and keeps a window of the result.</summary>
    /// <param name="image">The image.</param>
    /// <param name="width">Columns that the whole result would have, 1 or more.</param>
    /// <param name="height">Rows that the whole result would have, 1 or more.</param>
    /// <param name="left">The window's first column.</param>
    /// <param name="top">The window's first row.</param>
    /// <param name="columns">The window's width.</param>
    /// <param name="rows">The window's height.</param>
    /// <param name="destination">Receives rows × columns × 3 bytes.</param>
    public static void Resize(RgbImage image, int width, int height, int left, int top, int columns, int rows, Span<byte> destination)
    {
        Debug.Assert(left >= 0 && top >= 0 && left + columns <= width && top + rows <= height);
        BicubicCoefficients down = BicubicCoefficients.Compute(image.Height, height, top, rows);
        if (image.Width == width)
        {
            FilterDown(image.Pixels[(left * 3)..], width * 3, 0, down, columns * 3, destination);
            return;
        }

        BicubicCoefficients across = BicubicCoefficients.Compute(image.Width, width, left, columns);
        int stride = columns * 3;
        int firstRow = down.InputStart;
        byte[] narrowed = ArrayPool<byte>.Shared.Rent((down.InputEnd - firstRow) * stride);
        try
        {
            FilterAcross(image, firstRow, down.InputEnd, across, narrowed, stride);
            FilterDown(narrowed, stride, firstRow, down, stride, destination);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(narrowed);
        }
    }

    private static void FilterAcross(
        RgbImage image, int firstRow, int endRow, BicubicCoefficients across, Span<byte> destination, int stride)
    {
        int inputStart = across.InputStart;
        int inputCount = across.InputEnd - inputStart;
        int steps = (across.Width + TapsPerStep - 1) / TapsPerStep;
        int[] row = ArrayPool<int>.Shared.Rent((inputCount + steps * TapsPerStep) * Lanes);
        int[] weights = ArrayPool<int>.Shared.Rent(across.Starts.Length * steps * TapsPerStep * Lanes);
        try
        {
            SpreadWeights(across, steps * TapsPerStep, weights);
            row.AsSpan(inputCount * Lanes).Clear();
            for (int y = firstRow; y < endRow; y++)
            {
                SpreadRow(image.Pixels.Slice((y * image.Width + inputStart) * 3, inputCount * 3), row);
                FilterRow(row, across, weights, steps, destination.Slice((y - firstRow) * stride, stride));
            }
        }
        finally
        {
            ArrayPool<int>.Shared.Return(row);
            ArrayPool<int>.Shared.Return(weights);
        }
    }

    /// <summary>Repeats each weight over a pixel's lanes and pads each position's weights with zeros to whole steps.</summary>
    private static void SpreadWeights(BicubicCoefficients across, int taps, Span<int> spread)
    {
        for (int i = 0; i < across.Starts.Length; i++)
        {
            for (int tap = 0; tap < taps; tap++)
            {
                int weight = tap < across.Counts[i] ? across.Weights[i * across.Width + tap] : 0;
                spread.Slice((i * taps + tap) * Lanes, Lanes).Fill(weight);
            }
        }
    }

    private static void SpreadRow(ReadOnlySpan<byte> pixels, Span<int> spread)
    {
        ref byte from = ref MemoryMarshal.GetReference(pixels);
        ref int to = ref MemoryMarshal.GetReference(spread);
        Vector128<byte> order = Vector128.Create((byte)0, 1, 2, 255, 3, 4, 5, 255, 6, 7, 8, 255, 9, 10, 11, 255);
        int count = pixels.Length / 3;
        int x = 0;
        for (; x * 3 + Vector128<byte>.Count <= pixels.Length; x += 4)
        {
            Vector128<byte> four = Vector128.Shuffle(Vector128.LoadUnsafe(ref from, (nuint)(x * 3)), order);
            var (low, high) = Vector128.Widen(four);
            Vector256.WidenLower(low.ToVector256Unsafe()).AsInt32().StoreUnsafe(ref to, (nuint)(x * Lanes));
            Vector256.WidenLower(high.ToVector256Unsafe()).AsInt32().StoreUnsafe(ref to, (nuint)((x + 2) * Lanes));
        }

        for (; x < count; x++)
        {
            spread[x * Lanes] = pixels[x * 3];
            spread[x * Lanes + 1] = pixels[x * 3 + 1];
            spread[x * Lanes + 2] = pixels[x * 3 + 2];
            spread[x * Lanes + 3] = 0;
        }
    }

    private static void FilterRow(
        ReadOnlySpan<int> row, BicubicCoefficients across, ReadOnlySpan<int> weights, int steps, Span<byte> destination)
    {
        ref int rowStart = ref MemoryMarshal.GetReference(row);
        ref int weight = ref MemoryMarshal.GetReference(weights);
        int inputStart = across.InputStart;
        for (int i = 0; i < across.Starts.Length; i++)
        {
            ref int pixel = ref Unsafe.Add(ref rowStart, (across.Starts[i] - inputStart) * Lanes);
            Vector256<int> sums = Vector256<int>.Zero;
            for (int step = 0; step < steps; step++)
            {
                sums += Vector256.LoadUnsafe(ref pixel) * Vector256.LoadUnsafe(ref weight);
                pixel = ref Unsafe.Add(ref pixel, TapsPerStep * Lanes);
                weight = ref Unsafe.Add(ref weight, TapsPerStep * Lanes);
            }

            Vector128<int> sum = (sums.GetLower() + sums.GetUpper() + Vector128.Create(Rounding)) >> BicubicCoefficients.PrecisionBits;
            sum = Vector128.Clamp(sum, Vector128<int>.Zero, Vector128.Create(255));
            destination[i * 3] = (byte)sum[0];
            destination[i * 3 + 1] = (byte)sum[1];
            destination[i * 3 + 2] = (byte)sum[2];
        }
    }

    private static void FilterDown(
        ReadOnlySpan<byte> source, int sourceStride, int firstRow, BicubicCoefficients down, int rowBytes, Span<byte> destination)
    {
        for (int y = 0; y < down.Starts.Length; y++)
        {
            ReadOnlySpan<int> weights = down.Weights.AsSpan(y * down.Width, down.Counts[y]);
            ReadOnlySpan<byte> taps = source[((down.Starts[y] - firstRow) * sourceStride)..];
            FilterColumns(taps, sourceStride, weights, destination.Slice(y * rowBytes, rowBytes));
        }
    }

    private static void FilterColumns(ReadOnlySpan<byte> taps, int stride, ReadOnlySpan<int> weights, Span<byte> destination)
    {
        ref byte source = ref MemoryMarshal.GetReference(taps);
        int x = 0;
        for (; x + 16 <= destination.Length; x += 16)
        {
            Vector256<int> low = Vector256.Create(Rounding), high = low;
            for (int tap = 0; tap < weights.Length; tap++)
            {
                Vector256<int> weight = Vector256.Create(weights[tap]);
                Vector256<ushort> samples = Vector256.WidenLower(
                    Vector128.LoadUnsafe(ref source, (nuint)(tap * stride + x)).ToVector256Unsafe());
                var (first, second) = Vector256.Widen(samples);
                low += first.AsInt32() * weight;
                high += second.AsInt32() * weight;
            }

            Vector256<int> most = Vector256.Create(255);
            low = Vector256.Clamp(low >> BicubicCoefficients.PrecisionBits, Vector256<int>.Zero, most);
            high = Vector256.Clamp(high >> BicubicCoefficients.PrecisionBits, Vector256<int>.Zero, most);
            Vector256<ushort> packed = Vector256.Narrow(low.AsUInt32(), high.AsUInt32());
            Vector128.Narrow(packed.GetLower(), packed.GetUpper()).CopyTo(destination[x..]);
        }

        for (; x < destination.Length; x++)
        {
            int sum = Rounding;
            for (int tap = 0; tap < weights.Length; tap++)
            {
                sum += taps[tap * stride + x] * weights[tap];
            }

            destination[x] = (byte)Math.Clamp(sum >> BicubicCoefficients.PrecisionBits, 0, 255);
        }
    }
}
