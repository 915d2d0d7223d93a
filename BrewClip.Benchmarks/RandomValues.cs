namespace BrewClip.Benchmarks;

/// <summary>Inputs that are the same at every run.</summary>
internal static class RandomValues
{
    /// <summary>Uniform within ±0.5.</summary>
    public static float[] Floats(int count, int seed = 1)
    {
        var random = new Random(seed);
        var values = new float[count];
        foreach (ref float value in values.AsSpan())
        {
            value = random.NextSingle() - 0.5f;
        }

        return values;
    }
}
