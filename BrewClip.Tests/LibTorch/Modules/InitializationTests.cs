using static TorchSharp.torch;
using Init = TorchSharp.torch.nn.init;

namespace BrewClip.Tests.LibTorch.Modules;

public class InitializationTests
{
    private static (double Mean, double Deviation, double Least, double Greatest) Statistics(Tensor tensor)
    {
        var values = Numbers.Of(tensor);
        var mean = values.Average();
        return (mean, Math.Sqrt(values.Average(value => Math.Pow(value - mean, 2))), values.Min(), values.Max());
    }

    private static void IsUniformWithin(double bound, Tensor tensor)
    {
        var (mean, deviation, least, greatest) = Statistics(tensor);
        Assert.InRange(mean, -0.05 * bound, 0.05 * bound);
        Assert.InRange(deviation, 0.95 * bound / Math.Sqrt(3), 1.05 * bound / Math.Sqrt(3));
        Assert.InRange(least, -bound * 1.000001, -0.95 * bound);
        Assert.InRange(greatest, 0.95 * bound, bound * 1.000001);
    }

    [Fact]
    public void Linear_and_convolutions_start_uniform_within_the_root_of_their_fan_in()
    {
        manual_seed(1);
        using var scope = NewDisposeScope();
        using var linear = nn.Linear(64, 2048);
        IsUniformWithin(1 / 8.0, linear.weight);
        IsUniformWithin(1 / 8.0, linear.bias!);
        using var convolution = nn.Conv1d(16, 2048, 4);
        IsUniformWithin(1 / 8.0, convolution.weight);
        IsUniformWithin(1 / 8.0, convolution.bias!);
        using var patches = nn.Conv2d(4, 1024, 4);
        IsUniformWithin(1 / 8.0, patches.weight);
    }

    [Fact]
    public void An_embedding_starts_standard_normal()
    {
        manual_seed(2);
        using var layer = nn.Embedding(500, 100);
        var (mean, deviation, _, greatest) = Statistics(layer.weight!);
        Assert.InRange(mean, -0.02, 0.02);
        Assert.InRange(deviation, 0.98, 1.02);
        Assert.True(greatest > 3);
    }

    [Fact]
    public void Each_initialisation_has_its_spread()
    {
        manual_seed(3);
        using var scope = NewDisposeScope();
        var table = empty(300, 100);
        IsUniformWithin(Math.Sqrt(6.0 / 400), Init.xavier_uniform_(table));
        IsUniformWithin(Math.Sqrt(3.0) * Math.Sqrt(2) / 10, Init.kaiming_uniform_(table, nonlinearity: Init.NonlinearityType.ReLU));
        Assert.InRange(Statistics(Init.normal_(table, 5, 0.02)).Mean, 4.999, 5.001);
        Assert.InRange(Statistics(table).Deviation, 0.0195, 0.0205);
        IsUniformWithin(0.3, Init.uniform_(table, -0.3, 0.3));
        Assert.Equal(1, Statistics(Init.ones_(table)).Mean);
        Assert.Equal(0, Statistics(Init.zeros_(table)).Greatest);
        Assert.Equal(2.5, Statistics(Init.constant_(table, 2.5)).Mean);
    }

    [Fact]
    public void A_truncated_normal_stays_within_its_bounds_and_keeps_its_shape()
    {
        manual_seed(4);
        using var scope = NewDisposeScope();
        var (mean, deviation, least, greatest) = Statistics(Init.trunc_normal_(empty(100_000), std: 0.5, a: -1, b: 1));
        Assert.InRange(mean, -0.01, 0.01);
        // A normal distribution cut at two deviations keeps 0.8796 of its own.
        Assert.InRange(deviation, 0.87 * 0.5, 0.89 * 0.5);
        Assert.InRange(least, -1, -0.97);
        Assert.InRange(greatest, 0.97, 1);
    }

    [Fact]
    public void Initialisation_leaves_a_parameter_a_leaf_that_is_trained()
    {
        using var parameter = nn.Parameter(empty(2, 3));
        Init.normal_(parameter);
        Assert.True(parameter.requires_grad);
        Assert.True(parameter.is_leaf);
        Assert.Throws<ArgumentException>(() => Init.kaiming_uniform_(zeros(3)));
    }
}
