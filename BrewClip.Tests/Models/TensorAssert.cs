using static TorchSharp.torch;

namespace BrewClip.Tests.Models;

/// <summary>Comparisons of tensors with references.</summary>
internal static class TensorAssert
{
    /// <summary>The values of a tensor of any floating type and layout.</summary>
    public static float[] Values(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.detach().to(ScalarType.Float32).cpu().contiguous().data<float>().ToArray();
    }

    /// <summary>Every element within <paramref name="relative"/> of the reference's largest magnitude.</summary>
    public static void Close(ReadOnlySpan<float> expected, Tensor actual, double relative = 1e-4) =>
        Close(expected, Values(actual), relative);

    public static void Close(Tensor expected, Tensor actual, double relative = 1e-4)
    {
        Assert.Equal(expected.shape, actual.shape);
        Close(Values(expected), Values(actual), relative);
    }

    public static void Close(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double relative = 1e-4)
    {
        Assert.Equal(expected.Length, actual.Length);
        double largest = 0, worst = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(expected[i]));
            double difference = Math.Abs(expected[i] - actual[i]);
            worst = double.IsNaN(difference) ? double.PositiveInfinity : Math.Max(worst, difference);
        }

        Assert.True(
            worst <= relative * largest,
            $"The largest difference is {worst:g3}, of values up to {largest:g3}: {worst / largest:g3} relative.");
    }
}
