namespace BrewClip.Tests.Core.Retrieval;

internal static class RandomVectors
{
    /// <summary>[count, dimensions] values from −1 to 1.</summary>
    public static float[] Uniform(int count, int dimensions, int seed)
    {
        var random = new Random(seed);
        var values = new float[count * dimensions];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = random.NextSingle() * 2 - 1;
        }

        return values;
    }

    public static double Cosine(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        double product = 0, leftSquares = 0, rightSquares = 0;
        for (int i = 0; i < left.Length; i++)
        {
            product += (double)left[i] * right[i];
            leftSquares += (double)left[i] * left[i];
            rightSquares += (double)right[i] * right[i];
        }

        return product / Math.Sqrt(leftSquares * rightSquares);
    }
}
