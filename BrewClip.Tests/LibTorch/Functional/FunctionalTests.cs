using BrewClip.Tests.LibTorch.Modules;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace BrewClip.Tests.LibTorch.Functional;

public class FunctionalTests
{
    [Fact]
    public void Padding_fills_as_told()
    {
        using var scope = NewDisposeScope();
        var input = tensor(new float[] { 1, 2, 3 }).reshape(1, 1, 3);
        Assert.Equal([9, 9, 1, 2, 3, 9], Numbers.Of(F.pad(input, (2, 1), value: 9)));
        Assert.Equal([3, 2, 1, 2, 3, 2], Numbers.Of(F.pad(input, (2, 1), PaddingModes.Reflect)));
        Assert.Equal([1, 1, 1, 2, 3, 3], Numbers.Of(F.pad(input, (2, 1), PaddingModes.Replicate)));
        Assert.Equal([2, 3, 1, 2, 3, 1], Numbers.Of(F.pad(input, (2, 1), PaddingModes.Circular)));
        Assert.Equal([1, 2], Numbers.Of(F.pad(input, new long[] { 0, -1 })));
        Assert.Equal([1, 4, 3], F.pad(input, (0, 0, 1, 2)).shape);
        Assert.Equal([3, 3, 5], F.pad(input, 1).shape);
    }

    [Fact]
    public void Normalising_gives_unit_vectors_and_spares_zeros()
    {
        using var scope = NewDisposeScope();
        var input = Numbers.Doubles(1, 3, 4);
        var x = Numbers.Of(input);
        Numbers.Close(
            [.. x.Select((value, i) => value / Math.Sqrt(x.Skip(i / 4 * 4).Take(4).Sum(v => v * v)))],
            Numbers.Of(F.normalize(input, dim: -1)), 1e-12);
        Numbers.Close(
            [.. x.Select((value, i) => value / x.Skip(i / 4 * 4).Take(4).Sum(Math.Abs))], Numbers.Of(F.normalize(input, p: 1)), 1e-12);
        Assert.Equal(0, Numbers.Of(F.normalize(zeros(2, 3))).Max());
        FiniteDifferences.Check(() => F.normalize(input, dim: 0), input);
    }

    [Fact]
    public void Cosine_similarity_is_the_product_of_unit_vectors()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (Numbers.Doubles(1, 3, 4), Numbers.Doubles(2, 3, 4));
        Numbers.Close(Numbers.Of((F.normalize(a) * F.normalize(b)).sum(1)), Numbers.Of(F.cosine_similarity(a, b)), 1e-12);
    }

    [Fact]
    public void One_hot_marks_each_index()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([0, 0, 1, 1, 0, 0], Numbers.Of(F.one_hot(tensor(new long[] { 2, 0 }))));
        Assert.Equal([2, 5], F.one_hot(tensor(new long[] { 2, 0 }), 5).shape);
        Assert.Throws<ArgumentException>(() => F.one_hot(zeros(2)));
    }

    [Fact]
    public void Pooling_takes_means_and_maxima_of_windows()
    {
        using var scope = NewDisposeScope();
        var input = tensor(new float[] { 1, 5, 2, 4, 3, 3 }).reshape(1, 1, 6);
        Assert.Equal([3, 3, 3], Numbers.Of(F.avg_pool1d(input, 2)));
        Assert.Equal([5, 5, 4, 4, 3], Numbers.Of(F.max_pool1d(input, 2, stride: 1)));
    }

    [Fact]
    public void Interpolation_matches_each_modes_formula()
    {
        using var scope = NewDisposeScope();
        var ramp = tensor(new double[] { 0, 1, 2, 3 }).reshape(1, 1, 1, 4);
        Assert.Equal([0, 0, 1, 1, 2, 2, 3, 3], Numbers.Of(F.interpolate(ramp, [1, 8])));
        Numbers.Close(
            [0, .25, .75, 1.25, 1.75, 2.25, 2.75, 3],
            Numbers.Of(F.interpolate(ramp, scale_factor: [1, 2], mode: InterpolationMode.Bilinear, align_corners: false)), 1e-9);
        Numbers.Close([0, 1.5, 3], Numbers.Of(F.interpolate(ramp, [1, 3], mode: InterpolationMode.Bilinear, align_corners: true)), 1e-9);
        Numbers.Close([0.5, 2.5], Numbers.Of(F.interpolate(ramp, [1, 2], mode: InterpolationMode.Area)), 1e-9);
        Numbers.Close(
            [0, 3], Numbers.Of(F.interpolate(tensor(new double[] { 0, 3 }).reshape(1, 1, 2), [2], mode: InterpolationMode.Linear)), 1e-9);
        // Halfway between samples the cubic of a = -0.75 weighs -3/32, 19/32, 19/32, -3/32.
        var bump = tensor(new double[] { 1, 4, 2, 8 }).reshape(1, 1, 1, 4);
        Numbers.Close(
            [((-3 * 1) + (19 * 4) + (19 * 2) + (-3 * 8)) / 32.0], Numbers.Of(F.interpolate(bump, [1, 1], mode: InterpolationMode.Bicubic)),
            1e-9);
        // With antialias the triangle is as wide as the reduction: it weighs the four samples 5, 7, 7, 5.
        Numbers.Close(
            [(5 + 28 + 14 + 40) / 24.0], Numbers.Of(F.interpolate(bump, [1, 1], mode: InterpolationMode.Bilinear, antialias: true)), 1e-9);
        Assert.ThrowsAny<Exception>(() => F.interpolate(ramp));
        Assert.ThrowsAny<Exception>(() => F.interpolate(ramp, [1, 2, 3]));
    }

    [Fact]
    public void A_call_that_fails_leaves_no_tensor_behind()
    {
        using var a = zeros(1, 3, 4);
        using var b = zeros(1, 3, 5);
        using var row = zeros(1, 4);
        using var weight = zeros(2, 4);
        using var bias = zeros(7);
        var statistics = DisposeScopeManager.Statistics;
        statistics.Reset();
        Assert.ThrowsAny<Exception>(() => F.scaled_dot_product_attention(a, b, b));
        Assert.ThrowsAny<Exception>(() => F.scaled_dot_product_attention(a, a, row, is_casual: true));
        Assert.ThrowsAny<Exception>(() => F.linear(row, weight, bias));
        Assert.ThrowsAny<Exception>(() => F.normalize(a, dim: 9));
        Assert.ThrowsAny<Exception>(() => F.cross_entropy(a, b));
        Assert.Equal(0, statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void The_gradient_of_gelu_does_not_depend_on_the_layout_of_the_gradient_that_comes_back()
    {
        using var scope = NewDisposeScope();
        var input = randn(3, 16, 40).requires_grad_();
        var weights = randn(3, 40, 16);
        (F.gelu(input).transpose(1, 2) * weights).sum().backward();
        var transposed = input.grad!.clone();
        input.grad!.zero_();
        F.gelu(input).backward([weights.transpose(1, 2).contiguous()]);
        Assert.Equal(input.grad!.data<float>().ToArray(), transposed.data<float>().ToArray());
    }
}
