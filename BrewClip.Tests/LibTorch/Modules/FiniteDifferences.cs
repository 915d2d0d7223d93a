using static TorchSharp.torch;

namespace BrewClip.Tests.LibTorch.Modules;

/// <summary>Compares gradients with the slope of the function itself, in double precision.</summary>
internal static class FiniteDifferences
{
    private const double Step = 1e-5;

    /// <summary>Every input gets its gradient checked at every element; the inputs are Float64 leaves.</summary>
    public static void Check(Func<Tensor> function, params Tensor[] inputs)
    {
        foreach (var input in inputs)
        {
            Assert.Equal(ScalarType.Float64, input.dtype);
            input.requires_grad = true;
            input.grad = null;
        }
        using var scope = NewDisposeScope();
        // Weighted, so that errors do not cancel in a plain sum.
        using var first = function();
        var weights = linspace(0.5, 1.5, first.numel(), dtype: ScalarType.Float64).reshape(first.shape);
        (first * weights).sum().backward();
        foreach (var input in inputs)
        {
            var expected = Slopes(() => (function() * weights).sum().item<double>(), input);
            using var gradient = input.grad;
            Numbers.Close(expected, gradient!.data<double>().ToArray(), 1e-6);
        }
    }

    private static double[] Slopes(Func<double> value, Tensor input)
    {
        using var silent = no_grad();
        var flat = input.view(-1);
        var slopes = new double[flat.numel()];
        for (var i = 0; i < slopes.Length; i++)
        {
            using var scope = NewDisposeScope();
            var at = flat[i].item<double>();
            flat[i] = tensor(at + Step);
            var above = value();
            flat[i] = tensor(at - Step);
            var below = value();
            flat[i] = tensor(at);
            slopes[i] = (above - below) / (2 * Step);
        }
        return slopes;
    }
}

/// <summary>Deterministic numbers and their comparison.</summary>
internal static class Numbers
{
    /// <summary>Values between -1 and 1, the same at every run.</summary>
    public static double[] Some(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (random.NextDouble() * 2) - 1)];
    }

    public static Tensor Doubles(int seed, params long[] shape) =>
        tensor(Some((int)shape.Aggregate(1L, (a, b) => a * b), seed), ScalarType.Float64).reshape(shape);

    public static double[] Of(Tensor tensor)
    {
        using var wide = tensor.to(ScalarType.Float64);
        return wide.data<double>().ToArray();
    }

    public static void Close(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            var allowed = tolerance * Math.Max(1, Math.Abs(expected[i]));
            Assert.True(Math.Abs(expected[i] - actual[i]) <= allowed, $"Element {i} is {actual[i]}, expected {expected[i]}.");
        }
    }
}
