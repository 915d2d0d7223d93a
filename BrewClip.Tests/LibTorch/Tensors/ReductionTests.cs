using static TorchSharp.torch;

namespace BrewClip.Tests.LibTorch.Tensors;

public class ReductionTests
{
    private static Tensor Sample => tensor(new[,] { { 3.0, -1, 4 }, { 1, 5, -9 } });

    [Fact]
    public void Sums_means_and_products_run_over_all_elements_or_some_dimensions()
    {
        using var scope = NewDisposeScope();
        var x = Sample;
        Expect.Equal(x.sum(), [], 3);
        Expect.Equal(x.sum(0L), [3], 4, 4, -5);
        Expect.Equal(x.sum(1, keepdim: true), [2, 1], 6, -3);
        Expect.Equal(x.sum([0, 1]), [], 3);
        Expect.Equal(x.sum(0, 1), [], 3);
        Expect.Equal(x.mean(), [], 0.5);
        Expect.Equal(x.mean([1]), [2], 2, -1);
        Expect.Equal(x.prod(), [], 540);
        Expect.Equal(x.prod(1), [2], -12, -45);
        Expect.Equal(x.cumsum(1), [2, 3], 3, 2, 6, 1, 6, -3);
        Expect.Equal(x.cumprod(1), [2, 3], 3, -3, -12, 1, 5, -45);
        Assert.Equal(ScalarType.Int64, ones(3, dtype: ScalarType.Int32).sum().dtype);
        Assert.Equal(ScalarType.Float64, ones(3).sum(ScalarType.Float64).dtype);
    }

    [Fact]
    public void A_literal_zero_is_an_element_type_to_the_compiler_as_in_TorchSharp()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(ScalarType.Byte, ones(2, 2).sum(0).dtype);
        Assert.Equal([2], ones(2, 2).sum(0L).shape);
    }

    [Fact]
    public void Extremes_come_with_their_positions()
    {
        using var scope = NewDisposeScope();
        var x = Sample;
        Expect.Equal(x.max(), [], 5);
        Expect.Equal(x.min(), [], -9);
        var (greatest, where) = x.max(1);
        Expect.Equal(greatest, [2], 4, 5);
        Expect.Equal(where, [2], 2, 1);
        (var least, where) = x.min(0, keepdim: true);
        Expect.Equal(least, [1, 3], 1, -1, -9);
        Expect.Equal(where, [1, 3], 1, 0, 1);
        Expect.Equal(x.argmax(), [], 4);
        Expect.Equal(x.argmax(1), [2], 2, 1);
        Expect.Equal(x.argmin(1, keepdim: true), [2, 1], 1, 2);
        Expect.Equal(x.amax([0]), [3], 3, 5, 4);
        Expect.Equal(x.amin([1], keepdim: true), [2, 1], -1, -9);
        var (lowest, highest) = x.aminmax();
        Expect.Equal(lowest, [], -9);
        Expect.Equal(highest, [], 5);
        Expect.Equal(x.cummax(1).values, [2, 3], 3, 3, 4, 1, 5, 5);
    }

    [Fact]
    public void Statistics_follow_their_definitions()
    {
        using var scope = NewDisposeScope();
        var x = Sample;
        double mean = 0.5, squares = x.Values().Sum(value => (value - mean) * (value - mean));
        Expect.Close(x.var(), [squares / 5], 1e-12);
        Expect.Close(x.var(unbiased: false), [squares / 6], 1e-12);
        Expect.Close(x.std(), [Math.Sqrt(squares / 5)], 1e-12);
        Expect.Close(x.var([1L]), [7, 52], 1e-12);
        Expect.Close(x.std(1, unbiased: false), [Math.Sqrt(14 / 3.0), Math.Sqrt(104 / 3.0)], 1e-12);
        Expect.Close(x.norm(), [Math.Sqrt(133)], 1e-12);
        Expect.Close(x.norm(1), [Math.Sqrt(26), Math.Sqrt(107)], 1e-12);
        Expect.Close(x.norm(1, false, 1f), [8, 15], 1e-12);
        Expect.Close(linalg.vector_norm(x, dims: [1], keepdim: true), [Math.Sqrt(26), Math.Sqrt(107)], 1e-12);
        Expect.Equal(x.median(), [], 1);
        Expect.Equal(x.kthvalue(2, 1).values, [2], 3, 1);
        Expect.Equal(x.quantile(tensor(0.5, ScalarType.Float64), 1), [2], 3, 1);
        Expect.Equal(x.count_nonzero(), [], 6);
        Expect.Close(x.logsumexp(1), [LogSumExp(3, -1, 4), LogSumExp(1, 5, -9)], 1e-12);
        Expect.Close(x.dist(x + 1, 1f), [6], 1e-12);
    }

    [Fact]
    public void Truth_is_reduced_too()
    {
        using var scope = NewDisposeScope();
        var flags = Sample > 0;
        Expect.Equal(flags.any(), [], 1);
        Expect.Equal(flags.all(), [], 0);
        Expect.Equal(flags.all(0), [3], 1, 0, 0);
        Expect.Equal(flags.any(1), [2], 1, 1);
    }

    [Fact]
    public void Softmax_sums_to_one_and_its_logarithm_agrees()
    {
        using var scope = NewDisposeScope();
        var x = Sample;
        var p = x.softmax(1);
        Expect.Close(p.sum(1), [1, 1], 1e-12);
        Expect.Close(p, [.. new[] { 3.0, -1, 4 }.Select(v =>
            Math.Exp(v - LogSumExp(3, -1, 4))), .. new[] { 1.0, 5, -9 }.Select(v => Math.Exp(v - LogSumExp(1, 5, -9)))], 1e-12);
        Expect.Close(x.log_softmax(1).exp(), p.Values(), 1e-12);
        Assert.Equal(ScalarType.Float64, softmax(ones(2), 0, ScalarType.Float64).dtype);
    }

    [Fact]
    public void Counting_and_distinct_elements()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 3L, 1, 3, 0, 3 });
        Expect.Equal(bincount(x), [4], 1, 1, 0, 3);
        Expect.Equal(x.bincount(tensor(new[] { 1.0, 2, 3, 4, 5 }), 6), [6], 4, 2, 0, 9, 0, 0);
        var (distinct, inverse, counts) = x.unique(return_inverse: true, return_counts: true);
        Expect.Equal(distinct, [3], 0, 1, 3);
        Expect.Equal(inverse!, [5], 2, 1, 2, 0, 2);
        Expect.Equal(counts!, [3], 1, 1, 3);
        Assert.Null(x.unique().counts);
        Expect.Equal(searchsorted(tensor(new[] { 1L, 3, 5 }), tensor(new[] { 0L, 3, 9 })), [3], 0, 1, 3);
        Expect.Equal(searchsorted(tensor(new[] { 1L, 3, 5 }), tensor(new[] { 3L }), right: true), [1], 2);
        Expect.Equal(bucketize(tensor(new[] { 2.0 }), tensor(new[] { 1.0, 3 })), [1], 1);
    }

    private static double LogSumExp(params double[] values) => Math.Log(values.Sum(Math.Exp));
}
