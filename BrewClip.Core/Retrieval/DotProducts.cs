using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace BrewClip.Core.Retrieval;

/// <summary>
/// Inner products of rows with queries. Each product is summed in the same order whatever the tile it is computed in, so that a score
/// never depends on what it was computed together with: ties stay ties.
/// </summary>
internal static unsafe class DotProducts
{
    /// <summary>Row lengths are multiples of this, padded with zeros: the widest vector of any processor divides it.</summary>
    public const int Alignment = 16;

    private const int RowTile = 4, CacheLine = 64;

    /// <summary>The length of a row of <paramref name="dimensions"/> values with its padding.</summary>
    public static int PaddedLength(int dimensions) => (dimensions + Alignment - 1) / Alignment * Alignment;

    /// <summary>Scores every row against every query.</summary>
    /// <param name="rows">[rowCount, stride]</param>
    /// <param name="rowCount">How many rows.</param>
    /// <param name="queries">[queryCount, stride]</param>
    /// <param name="queryCount">How many queries.</param>
    /// <param name="stride">The padded length of a row.</param>
    /// <param name="scores">Receives [queryCount, rowCount].</param>
    public static void Score(float* rows, int rowCount, float* queries, int queryCount, int stride, float* scores)
    {
        int row = 0;
        for (; row + RowTile <= rowCount; row += RowTile)
        {
            float* tile = rows + (long)row * stride;
            int query = 0;
            for (; query + 2 <= queryCount; query += 2)
            {
                FourRowsTwoQueries(tile, queries + (long)query * stride, stride, scores + (long)query * rowCount + row, rowCount);
            }

            if (query < queryCount)
            {
                FourRows(tile, queries + (long)query * stride, stride, scores + (long)query * rowCount + row);
            }
        }

        for (; row < rowCount; row++)
        {
            for (int query = 0; query < queryCount; query++)
            {
                scores[(long)query * rowCount + row] = Dot(rows + (long)row * stride, queries + (long)query * stride, stride);
            }
        }
    }

    /// <summary>The inner product of two padded rows.</summary>
    public static float Dot(float* left, float* right, int stride)
    {
        Vector<float> sum = Vector<float>.Zero;
        for (int i = 0; i < stride; i += Vector<float>.Count)
        {
            sum = Vector.FusedMultiplyAdd(Vector.Load(left + i), Vector.Load(right + i), sum);
        }

        return Vector.Sum(sum);
    }

    /// <summary>
    /// Asks for the piece of the next four rows that corresponds to where a scan is in these. Four rows at a time are four short runs
    /// through memory, each too short for the processor to foresee the next; their sequence is known here.
    /// </summary>
    /// <param name="rows">The four rows under way.</param>
    /// <param name="rowBytes">The length of a row.</param>
    /// <param name="done">How many bytes of each row are done.</param>
    /// <param name="intoFirstLevel">
    /// Into the first-level cache, or only the second: two tiles of float32 would push the query out of the first.
    /// </param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void PrefetchNextTile(void* rows, int rowBytes, int done, bool intoFirstLevel)
    {
        if (!Sse.IsSupported)
        {
            return;
        }

        byte* next = (byte*)rows + (long)RowTile * (rowBytes + done);
        if (intoFirstLevel)
        {
            Sse.Prefetch0(next);
            Sse.Prefetch0(next + CacheLine);
        }
        else
        {
            Sse.Prefetch1(next);
            Sse.Prefetch1(next + CacheLine);
        }
    }

    private static void FourRows(float* rows, float* query, int stride, float* scores)
    {
        float* second = rows + stride, third = second + stride, fourth = third + stride;
        Vector<float> sum0 = Vector<float>.Zero, sum1 = sum0, sum2 = sum0, sum3 = sum0;
        for (int i = 0; i < stride; i += Vector<float>.Count)
        {
            PrefetchNextTile(rows, stride * sizeof(float), i * sizeof(float), intoFirstLevel: false);
            Vector<float> value = Vector.Load(query + i);
            sum0 = Vector.FusedMultiplyAdd(Vector.Load(rows + i), value, sum0);
            sum1 = Vector.FusedMultiplyAdd(Vector.Load(second + i), value, sum1);
            sum2 = Vector.FusedMultiplyAdd(Vector.Load(third + i), value, sum2);
            sum3 = Vector.FusedMultiplyAdd(Vector.Load(fourth + i), value, sum3);
        }

        scores[0] = Vector.Sum(sum0);
        scores[1] = Vector.Sum(sum1);
        scores[2] = Vector.Sum(sum2);
        scores[3] = Vector.Sum(sum3);
    }

    private static void FourRowsTwoQueries(float* rows, float* queries, int stride, float* scores, int scoreStride)
    {
        float* second = rows + stride, third = second + stride, fourth = third + stride, other = queries + stride;
        Vector<float> a0 = Vector<float>.Zero, a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0;
        for (int i = 0; i < stride; i += Vector<float>.Count)
        {
            Vector<float> a = Vector.Load(queries + i), b = Vector.Load(other + i);
            Vector<float> row = Vector.Load(rows + i);
            a0 = Vector.FusedMultiplyAdd(row, a, a0);
            b0 = Vector.FusedMultiplyAdd(row, b, b0);
            row = Vector.Load(second + i);
            a1 = Vector.FusedMultiplyAdd(row, a, a1);
            b1 = Vector.FusedMultiplyAdd(row, b, b1);
            row = Vector.Load(third + i);
            a2 = Vector.FusedMultiplyAdd(row, a, a2);
            b2 = Vector.FusedMultiplyAdd(row, b, b2);
            row = Vector.Load(fourth + i);
            a3 = Vector.FusedMultiplyAdd(row, a, a3);
            b3 = Vector.FusedMultiplyAdd(row, b, b3);
        }

        (scores[0], scores[1], scores[2], scores[3]) = (Vector.Sum(a0), Vector.Sum(a1), Vector.Sum(a2), Vector.Sum(a3));
        scores += scoreStride;
        (scores[0], scores[1], scores[2], scores[3]) = (Vector.Sum(b0), Vector.Sum(b1), Vector.Sum(b2), Vector.Sum(b3));
    }
}
