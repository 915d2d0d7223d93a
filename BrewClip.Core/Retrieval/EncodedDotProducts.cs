using System.Numerics;
using System.Runtime.CompilerServices;

namespace BrewClip.Core.Retrieval;

/// <summary>
/// Inner products of float16 and int8 rows with one query, decoded in registers. Elements are decoded and summed exactly as
/// <see cref="EmbeddingEncoding.Expand"/> and <see cref="DotProducts"/> do one after the other, which serve batches.
/// </summary>
internal static unsafe class EncodedDotProducts
{
    /// <summary>Rows that are scored together.</summary>
    public const int RowTile = 4;

    /// <summary>Whether rows of this padded length are whole numbers of vectors.</summary>
    public static bool Fits(int stride) => stride % Vector<sbyte>.Count == 0;

    /// <summary>Scores <see cref="RowTile"/> float16 rows.</summary>
    public static void ScoreFloat16(short* rows, float* query, int stride, float* scores)
    {
        short* second = rows + stride, third = second + stride, fourth = third + stride;
        Vector<float> sum0 = Vector<float>.Zero, sum1 = sum0, sum2 = sum0, sum3 = sum0;
        for (int i = 0; i < stride; i += Vector<short>.Count)
        {
            DotProducts.PrefetchNextTile(rows, stride * sizeof(short), i * sizeof(short), intoFirstLevel: true);
            Vector<float> low = Vector.Load(query + i), high = Vector.Load(query + i + Vector<float>.Count);
            sum0 = AddFloat16(rows + i, low, high, sum0);
            sum1 = AddFloat16(second + i, low, high, sum1);
            sum2 = AddFloat16(third + i, low, high, sum2);
            sum3 = AddFloat16(fourth + i, low, high, sum3);
        }

        (scores[0], scores[1], scores[2], scores[3]) = (Vector.Sum(sum0), Vector.Sum(sum1), Vector.Sum(sum2), Vector.Sum(sum3));
    }

    /// <summary>Scores <see cref="RowTile"/> int8 rows; their scales are the caller's to apply.</summary>
    public static void ScoreInt8(sbyte* rows, float* query, int stride, float* scores)
    {
        sbyte* second = rows + stride, third = second + stride, fourth = third + stride;
        Vector<float> sum0 = Vector<float>.Zero, sum1 = sum0, sum2 = sum0, sum3 = sum0;
        for (int i = 0; i < stride; i += Vector<sbyte>.Count)
        {
            DotProducts.PrefetchNextTile(rows, stride, i, intoFirstLevel: true);
            sum0 = AddInt8(rows + i, query + i, sum0);
            sum1 = AddInt8(second + i, query + i, sum1);
            sum2 = AddInt8(third + i, query + i, sum2);
            sum3 = AddInt8(fourth + i, query + i, sum3);
        }

        (scores[0], scores[1], scores[2], scores[3]) = (Vector.Sum(sum0), Vector.Sum(sum1), Vector.Sum(sum2), Vector.Sum(sum3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> AddFloat16(short* source, Vector<float> low, Vector<float> high, Vector<float> sum)
    {
        Vector.Widen(Vector.Load(source), out Vector<int> first, out Vector<int> second);
        sum = Vector.FusedMultiplyAdd(EmbeddingEncoding.FromFloat16(first), low, sum);
        return Vector.FusedMultiplyAdd(EmbeddingEncoding.FromFloat16(second), high, sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> AddInt8(sbyte* source, float* query, Vector<float> sum)
    {
        int width = Vector<float>.Count;
        Vector.Widen(Vector.Load(source), out Vector<short> low, out Vector<short> high);
        Vector.Widen(low, out Vector<int> first, out Vector<int> second);
        Vector.Widen(high, out Vector<int> third, out Vector<int> fourth);
        sum = Vector.FusedMultiplyAdd(Vector.ConvertToSingle(first), Vector.Load(query), sum);
        sum = Vector.FusedMultiplyAdd(Vector.ConvertToSingle(second), Vector.Load(query + width), sum);
        sum = Vector.FusedMultiplyAdd(Vector.ConvertToSingle(third), Vector.Load(query + 2 * width), sum);
        return Vector.FusedMultiplyAdd(Vector.ConvertToSingle(fourth), Vector.Load(query + 3 * width), sum);
    }
}
