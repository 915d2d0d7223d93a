using TorchSharp;
using static TorchSharp.torch;

namespace BrewClip.Tests.LibTorch.Tensors;

public class ViewTests
{
    private static Tensor Sample => arange(24).reshape(2, 3, 4);

    [Fact]
    public void Shapes_change_without_copying()
    {
        using var scope = NewDisposeScope();
        var x = Sample;
        Assert.Equal([6, 4], x.view(6, 4).shape);
        Assert.Equal([3, 8], x.reshape(3, -1).shape);
        Assert.Equal([24], x.flatten().shape);
        Assert.Equal([2, 12], x.flatten(1).shape);
        Assert.Equal([2, 3, 2, 2], x.unflatten(2, 2, 2).shape);
        Assert.Equal([4, 2, 3], x.permute(2, 0, 1).shape);
        Assert.Equal([3, 2, 4], x.transpose(0, 1).shape);
        Assert.Equal([2, 4, 3], x.mT.shape);
        Assert.Equal([4, 3], x[0].t().shape);
        Assert.Equal([4, 3], x[0].T.shape);
        Assert.Equal([2, 1, 3, 4], x.unsqueeze(1).shape);
        Assert.Equal([2, 3, 4], x.unsqueeze(1).squeeze(1).shape);
        Assert.Equal([3, 4], x.narrow(0, 0, 1).squeeze().shape);
        Assert.Equal([3, 4, 2], x.movedim([0], [2]).shape);
        Assert.Equal([2, 3, 4], x.view_as(x).shape);
        x.view(24)[5] = tensor(-1L);
        Assert.Equal(-1, x[0, 1, 1].item<long>());
    }

    [Fact]
    public void Strides_and_contiguity_are_reported()
    {
        using var scope = NewDisposeScope();
        var x = Sample;
        Assert.Equal([12, 4, 1], x.stride());
        Assert.Equal(4, x.stride(1));
        Assert.True(x.is_contiguous());
        var turned = x.permute(2, 0, 1);
        Assert.False(turned.is_contiguous());
        Assert.True(turned.contiguous().is_contiguous());
        Assert.Equal(4, x.select(1, 1).storage_offset());
        Assert.Equal(4, x.size(-1));
        Assert.Equal(24, x.numel());
        Assert.Equal(8, x.element_size());
        Assert.Equal(3, x.ndim);
        Assert.Equal([0.0, 12, 4, 16, 8, 20], turned.narrow(0, 0, 1).mT.Values());
    }

    [Fact]
    public void Pieces_share_memory_and_cover_the_whole()
    {
        using var scope = NewDisposeScope();
        var x = Sample;
        Assert.Equal([3L, 1], x.split(3, 2).Select(piece => piece.shape[2]));
        Assert.Equal([1L, 3], x.split([1, 3], 2).Select(piece => piece.shape[2]));
        Assert.Equal([2L, 2], x.chunk(2, 2).Select(piece => piece.shape[2]));
        Assert.Equal([2L, 1, 1], x.tensor_split(3, 2).Select(piece => piece.shape[2]));
        Assert.Equal(3, x.unbind(1).Length);
        Expect.Equal(cat(x.split([1, 3], 2), 2), [2, 3, 4], x.Values());
        Expect.Equal(stack(x.unbind(1), 1), [2, 3, 4], x.Values());
        x.unbind(0)[1].fill_(-3);
        Assert.Equal(-36, x[1].sum().ToInt64());
    }

    [Fact]
    public void Elements_repeat_with_and_without_copies()
    {
        using var scope = NewDisposeScope();
        var v = tensor(new[] { 1.0, 2 });
        Expect.Equal(v.expand(2, 2), [2, 2], 1, 2, 1, 2);
        Expect.Equal(v.unsqueeze(1).expand([2, 3]), [2, 3], 1, 1, 1, 2, 2, 2);
        Expect.Equal(v.expand_as(zeros(3, 2)), [3, 2], 1, 2, 1, 2, 1, 2);
        Expect.Equal(v.broadcast_to(1, 2), [1, 2], 1, 2);
        Expect.Equal(v.repeat(2), [4], 1, 2, 1, 2);
        Expect.Equal(v.tile([2]), [4], 1, 2, 1, 2);
        Expect.Equal(v.repeat_interleave(2), [4], 1, 1, 2, 2);
        Expect.Equal(v.repeat_interleave(tensor(new[] { 1L, 3 })), [4], 1, 2, 2, 2);
        Assert.Equal(0, v.expand(2, 2).stride(0));
    }

    [Fact]
    public void Windows_diagonals_and_triangles()
    {
        using var scope = NewDisposeScope();
        var x = arange(1, 10, dtype: ScalarType.Float64).reshape(3, 3);
        Expect.Equal(x.diagonal(), [3], 1, 5, 9);
        Expect.Equal(x.diag(), [3], 1, 5, 9);
        Expect.Equal(tensor(new[] { 1.0, 2 }).diag(), [2, 2], 1, 0, 0, 2);
        Expect.Equal(tensor(new[] { 1.0, 2 }).diag_embed(), [2, 2], 1, 0, 0, 2);
        Expect.Equal(x.tril(), [3, 3], 1, 0, 0, 4, 5, 0, 7, 8, 9);
        Expect.Equal(triu(x, 1), [3, 3], 0, 2, 3, 0, 0, 6, 0, 0, 0);
        Expect.Equal(x.trace(), [], 15);
        Expect.Equal(arange(5).unfold(0, 3, 2), [2, 3], 0, 1, 2, 2, 3, 4);
        Expect.Equal(x.flip(1), [3, 3], 3, 2, 1, 6, 5, 4, 9, 8, 7);
        Expect.Equal(arange(4).roll(1), [4], 3, 0, 1, 2);
        Expect.Equal(x.roll([1], [0]), [3, 3], 7, 8, 9, 1, 2, 3, 4, 5, 6);
        Expect.Equal(x.as_strided([2, 2], [1, 3]), [2, 2], 1, 4, 2, 5);
    }

    [Fact]
    public void An_alias_outlives_the_tensor_it_was_taken_from()
    {
        using var scope = NewDisposeScope();
        var x = ones(3);
        var second = x.alias();
        x.Dispose();
        Expect.Equal(second, [3], 1, 1, 1);
    }

    [Fact]
    public void Shapes_are_worked_out_without_data_on_the_meta_device()
    {
        using var scope = NewDisposeScope();
        var product = empty(2, 3, device: META).matmul(empty(3, 1 << 20, device: META));
        Assert.Equal([2, 1 << 20], product.shape);
        Assert.True(product.is_meta);
        Assert.Throws<InvalidOperationException>(() => product.bytes.Length);
    }
}
