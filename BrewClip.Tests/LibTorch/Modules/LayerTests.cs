using TorchSharp;
using static TorchSharp.torch;

namespace BrewClip.Tests.LibTorch.Modules;

public class LayerTests
{
    [Theory]
    [InlineData(3, true)]
    [InlineData(1, true)]
    [InlineData(1, false)]
    public void A_linear_layer_multiplies_by_its_transposed_weight(int rows, bool hasBias)
    {
        using var scope = NewDisposeScope();
        using var layer = nn.Linear(5, 4, hasBias);
        var input = Numbers.Doubles(1, rows, 5).to(ScalarType.Float32);
        var (x, w) = (Numbers.Of(input), Numbers.Of(layer.weight));
        var b = hasBias ? Numbers.Of(layer.bias!) : new double[4];
        var expected = new double[rows * 4];
        for (var i = 0; i < expected.Length; i++)
        {
            expected[i] = b[i % 4] + Enumerable.Range(0, 5).Sum(k => x[(i / 4 * 5) + k] * w[(i % 4 * 5) + k]);
        }
        var result = layer.call(input);
        Assert.Equal([rows, 4], result.shape);
        Numbers.Close(expected, Numbers.Of(result), 1e-6);
    }

    [Theory]
    [InlineData(new long[] { 5 }, new long[] { 4 })]
    [InlineData(new long[] { 1, 1, 5 }, new long[] { 1, 1, 4 })]
    [InlineData(new long[] { 2, 3, 5 }, new long[] { 2, 3, 4 })]
    [InlineData(new long[] { 0, 5 }, new long[] { 0, 4 })]
    public void A_linear_layer_keeps_the_leading_dimensions(long[] input, long[] expected)
    {
        using var scope = NewDisposeScope();
        using var layer = nn.Linear(5, 4);
        Assert.Equal(expected, layer.call(zeros(input)).shape);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_linear_layer_has_the_gradient_of_its_slope(int rows)
    {
        using var scope = NewDisposeScope();
        var (input, weight, bias) = (Numbers.Doubles(1, rows, 5), Numbers.Doubles(2, 4, 5), Numbers.Doubles(3, 4));
        FiniteDifferences.Check(() => nn.functional.linear(input, weight, bias), input, weight, bias);
        FiniteDifferences.Check(() => nn.functional.linear(input, weight), input, weight);
    }

    [Fact]
    public void A_linear_layer_refuses_the_wrong_width()
    {
        using var scope = NewDisposeScope();
        using var layer = nn.Linear(5, 4);
        Assert.ThrowsAny<Exception>(() => layer.call(zeros(2, 6)));
        Assert.ThrowsAny<Exception>(() => layer.call(zeros(6)));
    }

    [Theory]
    [InlineData(1, 0, 1, 1)]
    [InlineData(2, 1, 1, 1)]
    [InlineData(1, 2, 2, 2)]
    public void A_one_dimensional_convolution_slides_its_kernel(int stride, int padding, int dilation, int groups)
    {
        using var scope = NewDisposeScope();
        const int channels = 4, made = 6, kernel = 3, length = 11;
        using var layer = nn.Conv1d(channels, made, kernel, stride, padding, dilation, groups: groups);
        var input = Numbers.Doubles(1, 2, channels, length).to(ScalarType.Float32);
        var (x, w, b) = (Numbers.Of(input), Numbers.Of(layer.weight), Numbers.Of(layer.bias!));
        var count = ((length + (2 * padding) - (dilation * (kernel - 1)) - 1) / stride) + 1;
        var perGroup = channels / groups;
        var expected = new List<double>();
        for (var n = 0; n < 2; n++)
        {
            for (var o = 0; o < made; o++)
            {
                for (var t = 0; t < count; t++)
                {
                    var sum = b[o];
                    for (var c = 0; c < perGroup; c++)
                    {
                        for (var k = 0; k < kernel; k++)
                        {
                            var at = (t * stride) + (k * dilation) - padding;
                            var channel = (o / (made / groups) * perGroup) + c;
                            sum += at is >= 0 and < length
                                ? x[(((n * channels) + channel) * length) + at] * w[(((o * perGroup) + c) * kernel) + k]
                                : 0;
                        }
                    }
                    expected.Add(sum);
                }
            }
        }
        Numbers.Close([.. expected], Numbers.Of(layer.call(input)), 1e-5);
    }

    [Fact]
    public void Convolutions_have_the_gradient_of_their_slope()
    {
        using var scope = NewDisposeScope();
        var (x1, w1, b) = (Numbers.Doubles(1, 2, 3, 7), Numbers.Doubles(2, 4, 3, 3), Numbers.Doubles(3, 4));
        FiniteDifferences.Check(() => nn.functional.conv1d(x1, w1, b, stride: 2, padding: 1), x1, w1, b);
        var (x2, w2) = (Numbers.Doubles(1, 1, 2, 4, 4), Numbers.Doubles(2, 3, 2, 2, 2));
        FiniteDifferences.Check(() => nn.functional.conv2d(x2, w2, null, [2, 2]), x2, w2);
    }

    [Fact]
    public void A_patch_convolution_is_a_product_with_unfolded_patches()
    {
        using var scope = NewDisposeScope();
        using var layer = nn.Conv2d(3, 5, kernel_size: 4, stride: 4, bias: false);
        var image = Numbers.Doubles(1, 2, 3, 8, 8).to(ScalarType.Float32);
        var columns = nn.functional.unfold(image, 4, stride: 4);
        var expected = layer.weight.reshape(5, -1).matmul(columns).reshape(2, 5, 2, 2);
        Assert.Equal([2, 48, 4], columns.shape);
        Numbers.Close(Numbers.Of(expected), Numbers.Of(layer.call(image)), 1e-5);
    }

    [Fact]
    public void A_convolution_of_padding_same_keeps_the_length_and_fills_the_border_as_told()
    {
        using var scope = NewDisposeScope();
        using var zero = nn.Conv1d(1, 1, 3, Padding.Same, bias: false);
        using var reflect = nn.Conv1d(1, 1, 3, 1, padding: 1, padding_mode: PaddingModes.Reflect, bias: false);
        using (no_grad())
        {
            zero.weight.fill_(1);
            reflect.weight.fill_(1);
        }
        var input = tensor(new float[] { 1, 2, 3, 4 }).reshape(1, 1, 4);
        Assert.Equal([3, 6, 9, 7], Numbers.Of(zero.call(input)));
        Assert.Equal([5, 6, 9, 10], Numbers.Of(reflect.call(input)));
        Assert.Throws<ArgumentException>(() => zero.call(zeros(1, 2, 4)));
    }

    [Fact]
    public void An_embedding_looks_rows_up_and_adds_their_gradients()
    {
        using var scope = NewDisposeScope();
        using var layer = nn.Embedding(6, 3, padding_idx: 2);
        var table = Numbers.Of(layer.weight!);
        Assert.Equal([0, 0, 0], table[6..9]);
        var result = layer.call(tensor(new long[] { 4, 1, 4, 2 }).reshape(2, 2));
        Assert.Equal([2, 2, 3], result.shape);
        Assert.Equal([.. table[12..15], .. table[3..6], .. table[12..15], .. table[6..9]], Numbers.Of(result));
        result.sum().backward();
        using var gradient = layer.weight!.grad;
        Assert.Equal([0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 2, 2, 2, 0, 0, 0], Numbers.Of(gradient!));
        Assert.ThrowsAny<Exception>(() => layer.call(tensor(new long[] { 6 })));
    }

    [Fact]
    public void A_pretrained_embedding_is_frozen_unless_told_otherwise()
    {
        using var scope = NewDisposeScope();
        using var frozen = nn.Embedding_from_pretrained(ones(2, 3));
        using var trained = nn.Embedding_from_pretrained(ones(2, 3), freeze: false);
        Assert.False(frozen.weight!.requires_grad);
        Assert.True(trained.weight!.requires_grad);
        Assert.Equal([1, 1, 1], Numbers.Of(frozen.call(tensor(new long[] { 1 }))));
        Assert.Equal(["weight"], frozen.state_dict().Keys);
    }

    [Fact]
    public void A_layer_norm_standardises_scales_and_shifts()
    {
        using var scope = NewDisposeScope();
        using var layer = nn.LayerNorm(4, eps: 1e-6);
        Assert.Equal([1, 1, 1, 1], Numbers.Of(layer.weight));
        Assert.Equal([0, 0, 0, 0], Numbers.Of(layer.bias!));
        var input = Numbers.Doubles(1, 3, 4);
        var (weight, bias, x) = (Numbers.Doubles(2, 4), Numbers.Doubles(3, 4), Numbers.Of(input));
        var (w, b) = (Numbers.Of(weight), Numbers.Of(bias));
        var expected = new double[12];
        for (var i = 0; i < 12; i++)
        {
            var row = x.Skip(i / 4 * 4).Take(4).ToArray();
            var variance = row.Average(value => Math.Pow(value - row.Average(), 2));
            expected[i] = ((x[i] - row.Average()) / Math.Sqrt(variance + 1e-6) * w[i % 4]) + b[i % 4];
        }
        Numbers.Close(expected, Numbers.Of(nn.functional.layer_norm(input, [4], weight, bias, 1e-6)), 1e-12);
        FiniteDifferences.Check(() => nn.functional.layer_norm(input, [4], weight, bias), input, weight, bias);
        using var plain = nn.LayerNorm([2, 4], elementwise_affine: false);
        Assert.Empty(plain.parameters());
        using var unshifted = nn.LayerNorm(4, bias: false);
        Assert.Equal(["weight"], unshifted.state_dict().Keys);
        Assert.Equal([3, 4], unshifted.call(zeros(3, 4)).shape);
    }

    [Fact]
    public void Activations_follow_their_formulas_and_slopes()
    {
        using var scope = NewDisposeScope();
        var input = Numbers.Doubles(4, 3, 5) * 3;
        void Is(nn.Module<Tensor, Tensor> layer, Func<double, double> formula)
        {
            Numbers.Close([.. Numbers.Of(input).Select(formula)], Numbers.Of(layer.call(input)), 1e-12);
            var leaf = input.detach().clone();
            FiniteDifferences.Check(() => layer.call(leaf), leaf);
        }
        double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
        Is(nn.ReLU(), x => Math.Max(x, 0));
        Is(nn.SiLU(), x => x * Sigmoid(x));
        Is(nn.Sigmoid(), Sigmoid);
        Is(nn.Tanh(), Math.Tanh);
        Is(nn.GELU(), x => 0.5 * x * (1 + erf(tensor(x / Math.Sqrt(2))).item<double>()));
        Numbers.Close([.. Numbers.Of(input).Select(x => Math.Log(1 + Math.Exp(x)))], Numbers.Of(nn.functional.softplus(input)), 1e-12);
        // Three known values of Φ pin the exact form of GELU down.
        Numbers.Close(
            [0.8413447460685429, 1.9544997361036416, -0.15865525393145707],
            Numbers.Of(nn.functional.gelu(tensor(new double[] { 1, 2, -1 }))), 1e-12);
    }

    [Fact]
    public void Softmax_sums_to_one_and_log_softmax_is_its_logarithm()
    {
        using var scope = NewDisposeScope();
        var input = Numbers.Doubles(5, 2, 4);
        var exponentials = Numbers.Of(input).Select(Math.Exp).ToArray();
        double[] expected = [.. exponentials.Select((e, i) => e / exponentials.Skip(i / 4 * 4).Take(4).Sum())];
        Numbers.Close(expected, Numbers.Of(nn.Softmax(-1).call(input)), 1e-12);
        Numbers.Close([.. expected.Select(value => Math.Log(value))], Numbers.Of(nn.LogSoftmax(1).call(input)), 1e-12);
        Assert.Equal(ScalarType.Float64, nn.functional.softmax(zeros(2, 2), 0, ScalarType.Float64).dtype);
    }

    [Fact]
    public void Dropout_drops_in_training_alone_and_keeps_the_mean()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var layer = nn.Dropout(0.25);
        var input = ones(100_000);
        var values = Numbers.Of(layer.call(input));
        Assert.InRange(values.Count(value => value == 0) / 1e5, 0.24, 0.26);
        Assert.All(values.Where(value => value != 0), value => Assert.Equal(1 / 0.75, value, 1e-6));
        layer.eval();
        var result = layer.call(input);
        Assert.Equal(1, Numbers.Of(result).Min());
        result.Dispose();
        Assert.False(input.IsInvalid);
    }

    [Fact]
    public void Identity_gives_a_handle_of_its_own()
    {
        using var input = ones(2);
        using var layer = nn.Identity();
        layer.call(input).Dispose();
        Assert.Equal([1, 1], Numbers.Of(input));
    }
}
