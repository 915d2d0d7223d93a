using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace BrewClip.Tests.LibTorch.Tensors;

public class IndexingTests
{
    private static Tensor Sample => arange(24).reshape(2, 3, 4);

    // Row-major position of [i, j, k].
    private static double At(int i, int j, int k) => (i * 12) + (j * 4) + k;

    [Fact]
    public void Positions_slices_ranges_and_ellipsis_choose_views()
    {
        using var scope = NewDisposeScope();
        var x = Sample;
        Expect.Equal(x[1, 2, 3], [], 23);
        Expect.Equal(x[^1, 0, ^2], [], At(1, 0, 2));
        Expect.Equal(x[-1, -1, -1], [], 23);
        Expect.Equal(x[0, .., 1], [3], 1, 5, 9);
        Expect.Equal(x[.., 1, 1..3], [2, 2], At(0, 1, 1), At(0, 1, 2), At(1, 1, 1), At(1, 1, 2));
        Expect.Equal(x[1, 0, ..^1], [3], 12, 13, 14);
        Expect.Equal(x[TensorIndex.Ellipsis, 0], [2, 3], 0, 4, 8, 12, 16, 20);
        Expect.Equal(x[0, TensorIndex.Ellipsis], [3, 4], x[0].Values());
        Expect.Equal(x[0, 0, TensorIndex.Slice(0, null, 2)], [2], 0, 2);
        Expect.Equal(x[TensorIndex.Slice(start: -1), 0, 0], [1], 12);
        Assert.Equal([1, 2, 3, 4], x[TensorIndex.None].shape);
        Assert.Equal([2, 1, 3, 4], x[TensorIndex.Colon, TensorIndex.None].shape);
        Assert.Equal([2, 3, 4, 1], x[TensorIndex.Ellipsis, TensorIndex.Null].shape);
    }

    [Fact]
    public void Masks_and_positions_choose_copies()
    {
        using var scope = NewDisposeScope();
        var x = Sample;
        Expect.Equal(x[x > 21], [2], 22, 23);
        Expect.Equal(x[tensor(new[] { true, false })], [1, 3, 4], x[0].Values());
        Expect.Equal(x[tensor(new[] { 1L, 0, 1 })].select(1, 0).select(1, 0), [3], 12, 0, 12);
        Expect.Equal(x[TensorIndex.Tensor(tensor(new[] { 1L })), 2, 3], [1], 23);
        Expect.Equal(x[.., TensorIndex.Tensor(tensor(new[] { 2L, 0 })), 0], [2, 2], 8, 0, 20, 12);
        Expect.Equal(
            x[TensorIndex.Tensor(tensor(new[] { 0L, 1 })), TensorIndex.Tensor(tensor(new[] { 1L, 2 }))], [2, 4], 4, 5, 6, 7, 20, 21, 22,
            23);
    }

    [Fact]
    public void A_mask_over_two_dimensions_leaves_later_entries_their_own()
    {
        using var scope = NewDisposeScope();
        var x = Sample;
        var mask = tensor(new[,] { { true, false, false }, { false, false, true } });
        Expect.Equal(x[TensorIndex.Tensor(mask), 1..3], [2, 2], 1, 2, 21, 22);
        Expect.Equal(x[TensorIndex.Tensor(mask), TensorIndex.Ellipsis, ^1], [2], 3, 23);
    }

    [Fact]
    public void Setting_writes_through_and_broadcasts()
    {
        using var scope = NewDisposeScope();
        var x = zeros(2, 3, dtype: ScalarType.Int64);
        x[0, 1] = tensor(5L);
        x[1] = tensor(new[] { 7L, 8, 9 });
        Expect.Equal(x, [2, 3], 0, 5, 0, 7, 8, 9);
        x[.., ^1] = -1L;
        Expect.Equal(x, [2, 3], 0, 5, -1, 7, 8, -1);
        x[x < 0] = tensor(4L);
        Expect.Equal(x, [2, 3], 0, 5, 4, 7, 8, 4);
        x[0, ..2] = ones([1, 1, 2], ScalarType.Int64);
        Expect.Equal(x, [2, 3], 1, 1, 4, 7, 8, 4);
    }

    [Fact]
    public void Index_put_writes_or_accumulates()
    {
        using var scope = NewDisposeScope();
        var rows = TensorIndex.Tensor(tensor(new[] { 0L, 0, 2 }));
        var x = zeros(3, dtype: ScalarType.Float64);
        x.index_put_(ones(3, dtype: ScalarType.Float64), [rows], accumulate: true);
        Expect.Equal(x, [3], 2, 0, 1);
        Assert.Same(x, x.index_put_((Scalar)5, rows));
        Expect.Equal(x, [3], 5, 0, 5);
        Assert.Throws<ArgumentException>(() => x.index_put_(ones(1), [TensorIndex.Single(0)], accumulate: true));
    }

    [Fact]
    public void Selections_along_a_dimension()
    {
        using var scope = NewDisposeScope();
        var x = arange(6, dtype: ScalarType.Float64).reshape(2, 3);
        var index = tensor(new[,] { { 2L, 0 }, { 1, 1 } });
        Expect.Equal(x.gather(1, index), [2, 2], 2, 0, 4, 4);
        Expect.Equal(x.index_select(1, tensor(new[] { 2L, 2 })), [2, 2], 2, 2, 5, 5);
        Expect.Equal(zeros(2, 3, dtype: ScalarType.Float64).scatter(1, index, x.narrow(1, 0, 2)), [2, 3], 1, 0, 0, 0, 4, 0);
        Expect.Equal(zeros(2, 3, dtype: ScalarType.Float64).scatter_add(1, index, ones_like(x)), [2, 3], 1, 0, 1, 0, 2, 0);
        Expect.Equal(x.index_add(0, tensor(new[] { 0L }), ones(1, 3, dtype: ScalarType.Float64), 10), [2, 3], 10, 11, 12, 3, 4, 5);
        Expect.Equal(x.index_copy(0, tensor(new[] { 1L }), zeros(1, 3, dtype: ScalarType.Float64)), [2, 3], 0, 1, 2, 0, 0, 0);
        Expect.Equal(x.index_fill(1, tensor(new[] { 0L }), 9), [2, 3], 9, 1, 2, 9, 4, 5);
        Expect.Equal(x.masked_fill(x > 3, -1), [2, 3], 0, 1, 2, 3, -1, -1);
        Expect.Equal(x.masked_select(x > 3), [2], 4, 5);
        Expect.Equal(x.take(tensor(new[] { 5L, 0 })), [2], 5, 0);
        Expect.Equal(x.take_along_dim(tensor(new[,] { { 1L }, { 0 } }), 1), [2, 1], 1, 3);
        Expect.Equal((x > 3).nonzero(), [2, 2], 1, 1, 1, 2);
        Expect.Equal(where(x > 3)[1], [2], 1, 2);
    }

    [Fact]
    public void Sorting_finds_the_greatest_and_where_they_were()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[,] { { 3.0, 1, 2 }, { 1, 1, 5 } });
        var (values, positions) = x.topk(2, 1);
        Expect.Equal(values, [2, 2], 3, 2, 5, 1);
        Expect.Equal(positions.narrow(1, 0, 1), [2, 1], 0, 2);
        (values, positions) = x.sort(1, descending: false, stable: true);
        Expect.Equal(values, [2, 3], 1, 2, 3, 1, 1, 5);
        Expect.Equal(positions, [2, 3], 1, 2, 0, 0, 1, 2);
        Expect.Equal(x[0].argsort(descending: true), [3], 0, 2, 1);
    }

    [Theory]
    [InlineData(2, 0, 0)]
    [InlineData(0, -4, 0)]
    [InlineData(0, 0, 4)]
    public void An_index_outside_its_dimension_is_an_error_with_a_sentence(long i, long j, long k)
    {
        using var scope = NewDisposeScope();
        var x = Sample;
        Assert.Contains("out of range", Assert.Throws<ExternalException>(() => x[i, j, k]).Message);
        Assert.Contains("out of range", Assert.Throws<ExternalException>(() => x[i, j, k] = tensor(0L)).Message);
    }

    [Fact]
    public void Wrong_indices_are_errors_with_a_sentence()
    {
        using var scope = NewDisposeScope();
        var x = Sample;
        Assert.Throws<ExternalException>(() => x[0, 0, 0, 0]);
        Assert.Contains("too many indices", Assert.Throws<ExternalException>(() =>
            x[TensorIndex.Ellipsis, TensorIndex.Slice(0, 1), TensorIndex.Slice(0, 1), TensorIndex.Slice(0, 1),
                TensorIndex.Slice(0, 1)]).Message);
        Assert.Throws<ExternalException>(() => x[tensor(new[] { 9L })]);
        Assert.Throws<ExternalException>(() => x[tensor(new[] { true, true, true })]);
        Assert.Throws<ExternalException>(() => x[tensor(new[,] { { true, true } })]);
        Assert.Throws<ExternalException>(() => x[tensor(new[] { 1.5 })]);
        Assert.Throws<ExternalException>(() => x[0] = zeros(7, dtype: ScalarType.Int64));
        Assert.Throws<ExternalException>(() => x.gather(0, tensor(new long[,,] { { { 5 } } })));
    }
}
