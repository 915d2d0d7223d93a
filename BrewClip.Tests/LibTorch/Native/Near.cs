namespace BrewClip.Tests.LibTorch.Native;

internal static class Near
{
    /// <summary>Fails at the first value farther than <paramref name="tolerance"/> from the expected one, and says where.</summary>
    public static void Equal(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            if (!(Math.Abs(expected[i] - actual[i]) <= tolerance))
            {
                Assert.Fail($"Value {i} is {actual[i]}, not {expected[i]} within {tolerance:g2}.");
            }
        }
    }
}
