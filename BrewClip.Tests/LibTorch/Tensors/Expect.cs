using static TorchSharp.torch;

namespace BrewClip.Tests.LibTorch.Tensors;

/// <summary>Compares a tensor with plain numbers, and plain numbers with each other.</summary>
internal static class Expect
{
    /// <summary>The elements in row-major order, as doubles whatever their type.</summary>
    internal static double[] Values(this Tensor tensor)
    {
        using var wide = tensor.to(ScalarType.Float64);
        return wide.data<double>().ToArray();
    }

    internal static void Equal(Tensor actual, long[] shape, params double[] expected)
    {
        Assert.Equal(shape, actual.shape);
        Close(actual, expected, 0);
    }

    internal static void Close(Tensor actual, double[] expected, double tolerance)
    {
        double[] values = actual.Values();
        Assert.Equal(expected.Length, values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            bool same = values[i].Equals(expected[i]) || Math.Abs(values[i] - expected[i]) <= tolerance * (1 + Math.Abs(expected[i]));
            Assert.True(same, $"Element {i} is {values[i]}, not {expected[i]}.");
        }
    }
}
