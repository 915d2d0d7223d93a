namespace BrewClip.Tests.Core.Audio;

internal static class Differences
{
    /// <summary>The largest absolute difference; NaN and infinity count as infinite.</summary>
    public static double Largest(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double largest = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            double difference = Math.Abs((double)expected[i] - actual[i]);
            largest = double.IsFinite(difference) ? Math.Max(largest, difference) : double.PositiveInfinity;
        }

        return largest;
    }
}
