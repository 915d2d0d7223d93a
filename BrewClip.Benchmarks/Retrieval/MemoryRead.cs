using System.Numerics;
using System.Runtime.InteropServices;

namespace BrewClip.Benchmarks.Retrieval;

/// <summary>Reads a block of memory once on all processors, which measures the bandwidth that a scan can have.</summary>
internal sealed class MemoryRead
{
    private readonly float[][] _parts;

    public MemoryRead(long bytes)
    {
        int workers = Environment.ProcessorCount;
        _parts = [.. Enumerable.Range(0, workers).Select(_ => new float[bytes / sizeof(float) / workers])];
        foreach (float[] part in _parts)
        {
            Array.Fill(part, 1);
        }
    }

    public float Read()
    {
        var sums = new float[_parts.Length];
        Parallel.For(0, _parts.Length, worker => sums[worker] = Sum(_parts[worker]));
        return sums.Sum();
    }

    private static float Sum(float[] values)
    {
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        Vector<float> first = default, second = default, third = default, fourth = default;
        for (int i = 0; i + 4 <= vectors.Length; i += 4)
        {
            first += vectors[i];
            second += vectors[i + 1];
            third += vectors[i + 2];
            fourth += vectors[i + 3];
        }

        return Vector.Sum(first + second + third + fourth);
    }
}
