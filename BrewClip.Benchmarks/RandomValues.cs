namespace BrewClip.Benchmarks;

/// <summary>Inputs that are the same at every run.</summary>
internal static class RandomValues
{
    /// <summary>Uniform within ±0.5.</summary>
    public static float[] Floats(int count, int seed = 1)
    {
        var values = new float[count];
        Fill(new Random(seed), values);
        return values;
    }

    /// <summary>The next values of a sequence, uniform within ±0.5.</summary>
    public static void Fill(Random random, Span<float> values)
    {
        foreach (ref float value in values)
        {
            value = random.NextSingle() - 0.5f;
        }
    }
}
