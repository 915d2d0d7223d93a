using System.Text;

namespace BrewClip.Tests.Support;

/// <summary>
/// The weights that the goldens were made with: a function of a parameter's name and shape alone, so that no weight file is needed.
/// </summary>
internal static class FormulaWeights
{
    /// <summary><paramref name="count"/> values in [-1, 1), exact in float32, that depend on <paramref name="name"/> alone.</summary>
    public static float[] Uniform(string name, long count)
    {
        ulong seed = Fnv1a64(name);
        var values = new float[count];
        for (long i = 0; i < count; i++)
        {
            values[i] = (float)UnitAt(seed, i);
        }

        return values;
    }

    /// <summary>The values of parameter <paramref name="name"/> (its spelling on the hub) in row-major order.</summary>
    public static float[] Parameter(string name, params long[] shape)
    {
        long count = shape.Aggregate(1L, (product, size) => product * size);
        ulong seed = Fnv1a64(name);
        var (offset, scale) = OffsetAndScale(name, shape, count);
        var values = new float[count];
        for (long i = 0; i < count; i++)
        {
            values[i] = (float)(offset + scale * UnitAt(seed, i));
        }

        return values;
    }

    private static (double Offset, double Scale) OffsetAndScale(string name, long[] shape, long count)
    {
        if (shape.Length >= 2)
        {
            return (0, Math.Sqrt(3.0 / (count / shape[0])));
        }

        if (shape.Length == 0)
        {
            return (2, 0.1);
        }

        string[] parts = name.Split('.');
        bool isNormWeight = parts[^1] == "weight" && parts.Length >= 2 && parts[^2].Contains("norm", StringComparison.Ordinal);
        return (isNormWeight ? 1 : 0, 0.1);
    }

    private static double UnitAt(ulong seed, long index) =>
        (SplitMix64(unchecked(seed + (ulong)index)) >> 40) / (double)(1 << 23) - 1;

    private static ulong Fnv1a64(string name)
    {
        ulong hash = 0xCBF29CE484222325;
        foreach (byte b in Encoding.UTF8.GetBytes(name))
        {
            hash = unchecked((hash ^ b) * 0x100000001B3);
        }

        return hash;
    }

    private static ulong SplitMix64(ulong state)
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15;
            state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            state = (state ^ (state >> 27)) * 0x94D049BB133111EB;
            return state ^ (state >> 31);
        }
    }
}
