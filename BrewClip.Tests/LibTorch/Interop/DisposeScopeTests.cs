using TorchSharp;
using static TorchSharp.torch;

namespace BrewClip.Tests.LibTorch.Interop;

public class DisposeScopeTests
{
    [Fact]
    public void A_scope_disposes_what_was_made_in_it()
    {
        Tensor inside, kept, detached;
        using (var outer = NewDisposeScope())
        {
            using (var inner = NewDisposeScope())
            {
                Assert.Same(inner, CurrentDisposeScope);
                inside = ones(1);
                kept = ones(1).MoveToOuterDisposeScope();
                detached = ones(1).DetachFromDisposeScope();
                Assert.Equal(1, inner.DisposablesCount);
            }
            Assert.True(inside.IsInvalid);
            Assert.False(kept.IsInvalid);
            Assert.True(outer.Contains(kept));
        }
        Assert.True(kept.IsInvalid);
        Assert.False(detached.IsInvalid);
        detached.Dispose();
        Assert.Null(CurrentDisposeScope);
    }

    [Fact]
    public void Tensors_move_between_scopes_and_are_attached()
    {
        using var first = NewDisposeScope();
        var a = ones(1);
        using var second = NewDisposeScope();
        var b = ones(1);
        a.MoveToOtherDisposeScope(b);
        Assert.True(second.Contains(a));
        first.Attach(b);
        Assert.True(first.Contains(b));
        Assert.Same(b, first.MoveToOther(second, b));
        Assert.True(second.Contains(b));
        second.DisposeEverythingBut(b);
        Assert.True(a.IsInvalid);
        Assert.False(b.IsInvalid);
        var (c, d) = second.MoveToOuter(ones(1), ones(1));
        Assert.True(first.Contains(c) && first.Contains(d));
    }

    [Fact]
    public void Scopes_may_end_out_of_order()
    {
        var first = NewDisposeScope();
        var second = NewDisposeScope();
        var third = NewDisposeScope();
        var t = ones(1);
        second.Dispose();
        Assert.Same(third, CurrentDisposeScope);
        Assert.False(t.IsInvalid);
        third.Dispose();
        Assert.Same(first, CurrentDisposeScope);
        first.Dispose();
        first.Dispose();
        Assert.Throws<ObjectDisposedException>(() => first.DisposablesCount);
    }

    [Fact]
    public void Statistics_count_this_thread()
    {
        // A thread of its own: the runner's threads have counted other tests' tensors.
        OnOwnThread(() =>
        {
            var statistics = DisposeScopeManager.Statistics;
            using var free = ones(1);
            using (NewDisposeScope())
            {
                _ = ones(1);
                var detached = ones(1).DetachFromDisposeScope();
                Assert.Equal(3, statistics.ThreadTotalLiveCount);
                detached.Dispose();
            }
            Assert.Equal(1, statistics.CreatedOutsideScopeCount);
            Assert.Equal(2, statistics.CreatedInScopeCount);
            Assert.Equal(1, statistics.DisposedInScopeCount);
            Assert.Equal(1, statistics.DisposedOutsideScopeCount);
            Assert.Equal(1, statistics.DetachedFromScopeCount);
            Assert.Equal(1, statistics.TensorStatistics.ThreadTotalLiveCount);
            statistics.Reset();
            Assert.Equal(0, statistics.ThreadTotalLiveCount);
        });
    }

    private static void OnOwnThread(Action body)
    {
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(body));
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }

    [Fact]
    public void Wrapping_an_expression_keeps_its_result_alone()
    {
        using var scope = NewDisposeScope();
        Tensor? between = null;
        var result = WrappedTensorDisposeScope(() =>
        {
            between = ones(2);
            return between + 1;
        });
        Assert.True(between!.IsInvalid);
        Assert.False(result.IsInvalid);
    }

    [Fact]
    public void A_disposed_tensor_throws_wherever_it_is_used()
    {
        var x = ones(2);
        x.Dispose();
        x.Dispose();
        Assert.True(x.IsInvalid);
        foreach (Action use in new Action[]
        {
            () => _ = x.shape, () => _ = x.dtype, () => _ = x + 1, () => x.add_(1), () => _ = x[0], () => _ = x.bytes,
            () => x.item<float>(),
            () => cat([x]), () => x.backward(), () => _ = x.grad, () => _ = x.requires_grad, () => x.alias(), () => x.cpu(),
            () => _ = x.Handle,
        })
        {
            Assert.Throws<InvalidOperationException>(use);
        }
        Assert.Equal("[disposed]", x.ToString());
    }

    [Fact]
    public void A_null_tensor_is_refused_by_name()
    {
        using var x = ones(2);
        Assert.Throws<ArgumentNullException>(() => x.add((Tensor)null!));
        Assert.Throws<ArgumentNullException>(() => cat([x, null!]));
        Assert.Throws<ArgumentNullException>(() => x.mul((Scalar)null!));
        Assert.Throws<ArgumentNullException>(() => x[0] = null!);
    }

    [Fact]
    public void Handles_given_away_no_longer_belong_to_the_tensor()
    {
        var x = ones(2);
        nint handle = x.DecoupleFromNativeHandle();
        Assert.True(x.IsInvalid);
        using var again = Tensor.UnsafeCreateTensor(handle);
        Assert.Equal(2, again.sum().ToSingle());
    }
}
