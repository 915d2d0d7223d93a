using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace BrewClip.Tests.LibTorch.Autograd;

public class AutogradTests
{
    [Fact]
    public void Gradients_add_up_until_they_are_cleared()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 1.0, 2 }, requires_grad: true);
        Assert.Null(x.grad);
        (x * x).sum().backward();
        (x * x).sum().backward();
        Assert.Equal([4.0, 8], x.grad!.data<double>().ToArray());
        x.grad = null;
        Assert.Null(x.grad);
        x.grad = ones(2, dtype: ScalarType.Float64);
        Assert.Equal([1.0, 1], x.grad!.data<double>().ToArray());
    }

    [Fact]
    public void A_gradient_outlives_the_scope_that_computed_it()
    {
        using var x = ones(2, requires_grad: true);
        using (NewDisposeScope())
        {
            x.sum().backward();
        }
        using var gradient = x.grad;
        Assert.Equal([1f, 1], gradient!.data<float>().ToArray());
    }

    [Fact]
    public void Leaves_are_known_and_others_keep_gradients_on_request()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        var y = x * 2;
        Assert.True(x.is_leaf);
        Assert.False(y.is_leaf);
        Assert.True(y.requires_grad);
        Assert.False(y.detach().requires_grad);
        y.retain_grad();
        y.sum().backward();
        Assert.Equal([1f, 1], y.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Nothing_is_recorded_where_recording_is_off()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        using (no_grad())
        {
            Assert.False(is_grad_enabled());
            Assert.False((x * 2).requires_grad);
            using (enable_grad()) Assert.True((x * 2).requires_grad);
            Assert.False(is_grad_enabled());
        }
        Assert.True(is_grad_enabled());
        using (set_grad_enabled(false)) Assert.False((x * 2).requires_grad);
        using (inference_mode())
        {
            Assert.True(is_inference_mode_enabled());
            Assert.False((x * 2).requires_grad);
        }
        Assert.False(is_inference_mode_enabled());
        Assert.True((x * 2).requires_grad);
    }

    [Fact]
    public void Changes_and_views_made_without_recording_are_still_known()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, 2, requires_grad: true);
        var inner = x * 1;
        var squares = inner * inner;
        Tensor view;
        using (no_grad())
        {
            view = inner.t();
            var product = inner.matmul(x) + inner.exp();
            Assert.False(product.requires_grad);
            Assert.True(product.is_leaf);
            view.add_(1);
        }
        Assert.Equal([2f, 2, 2, 2], inner.detach().data<float>().ToArray());
        Assert.Contains("modified by an inplace operation", Assert.Throws<ExternalException>(() => squares.sum().backward()).Message);
    }

    [Fact]
    public void Recording_is_off_for_one_thread_alone()
    {
        using var quiet = no_grad();
        bool elsewhere = false;
        var thread = new Thread(() => elsewhere = is_grad_enabled());
        thread.Start();
        thread.Join();
        Assert.True(elsewhere);
        Assert.False(is_grad_enabled());
    }

    [Fact]
    public void Gradients_of_chosen_inputs_leave_the_leaves_alone()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 1.0, 2 }, requires_grad: true);
        var w = tensor(new[] { 3.0, 4 }, requires_grad: true);
        var unused = ones(1, requires_grad: true);
        var loss = (x * x * w).sum();
        var found = autograd.grad([loss], [x, w], retain_graph: true);
        Assert.Equal([6.0, 16], found[0].data<double>().ToArray());
        Assert.Equal([1.0, 4], found[1].data<double>().ToArray());
        Assert.Null(x.grad);
        Assert.Null(autograd.grad([loss], [unused], retain_graph: true, allow_unused: true)[0]);
        Assert.Throws<ExternalException>(() => autograd.grad([loss], [unused], retain_graph: true));
        autograd.backward([loss], inputs: [w]);
        Assert.Null(x.grad);
        Assert.NotNull(w.grad);
    }

    [Fact]
    public void Second_derivatives_come_from_a_recorded_first()
    {
        using var scope = NewDisposeScope();
        var x = tensor(3.0, requires_grad: true);
        var first = autograd.grad([x.pow(3)], [x], create_graph: true)[0];
        Assert.Equal(27, first.ToDouble());
        Assert.Equal(18, autograd.grad([first], [x])[0].ToDouble());
    }

    [Fact]
    public void Misuse_is_an_error_with_a_sentence()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        Assert.Contains("scalar outputs", Assert.Throws<ExternalException>(() => (x * 2).backward()).Message);
        Assert.Throws<ExternalException>(() => ones(1).backward());
        Assert.Throws<ExternalException>(() => x.add_(1));
        Assert.Throws<ExternalException>(() => ones(2, dtype: ScalarType.Int64).requires_grad_());
        Assert.Throws<ExternalException>(() => x.grad = ones(3));
        Assert.Throws<ArgumentException>(() => autograd.backward([x.sum()], [ones(1), ones(1)]));
        var loss = (x * x).sum();
        loss.backward();
        Assert.Contains("second time", Assert.Throws<ExternalException>(() => loss.backward()).Message);
    }
}
