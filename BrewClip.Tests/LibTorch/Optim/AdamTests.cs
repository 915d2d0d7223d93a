using BrewClip.Tests.LibTorch.Modules;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace BrewClip.Tests.LibTorch.Optim;

public class AdamTests
{
    private static double[] PlainSteps(
        double[] start, Func<int, double[]> gradients, double decay, bool decoupled, bool amsgrad, bool maximize)
    {
        const double rate = 0.01, beta1 = 0.9, beta2 = 0.98, epsilon = 1e-6;
        var (x, mean, square, largest) =
            ((double[])start.Clone(), new double[start.Length], new double[start.Length], new double[start.Length]);
        for (var step = 1; step <= 5; step++)
        {
            var gradient = gradients(step);
            for (var i = 0; i < x.Length; i++)
            {
                var g = maximize ? -gradient[i] : gradient[i];
                if (decoupled)
                {
                    x[i] -= rate * decay * x[i];
                }
                else
                {
                    g += decay * x[i];
                }
                mean[i] = (beta1 * mean[i]) + ((1 - beta1) * g);
                square[i] = (beta2 * square[i]) + ((1 - beta2) * g * g);
                largest[i] = Math.Max(largest[i], square[i]);
                var root = Math.Sqrt((amsgrad ? largest[i] : square[i]) / (1 - Math.Pow(beta2, step)));
                x[i] -= rate * mean[i] / (1 - Math.Pow(beta1, step)) / (root + epsilon);
            }
        }
        return x;
    }

    private static OptimizerHelper Make(Parameter parameter, double decay, bool decoupled, bool amsgrad, bool maximize) => decoupled
        ? optim.AdamW([parameter], 0.01, 0.9, 0.98, 1e-6, decay, amsgrad, maximize)
        : optim.Adam([parameter], 0.01, 0.9, 0.98, 1e-6, decay, amsgrad, maximize);

    [Theory]
    [InlineData(false, 0.0, false, false)]
    [InlineData(false, 0.1, false, true)]
    [InlineData(false, 0.1, true, false)]
    [InlineData(true, 0.1, false, false)]
    [InlineData(true, 0.1, true, true)]
    public void Five_steps_equal_the_published_formula(bool decoupled, double decay, bool amsgrad, bool maximize)
    {
        foreach (var (type, tolerance) in new[] { (ScalarType.Float64, 1e-12), (ScalarType.Float32, 5e-6) })
        {
            FiveSteps(77, type, tolerance, decay, decoupled, amsgrad, maximize);
        }
    }

    // Above the size at which work is shared out, and no multiple of a vector's width.
    [Fact]
    public void A_large_parameter_is_stepped_in_parts() => FiveSteps((1 << 18) + 3, ScalarType.Float32, 2e-5, 0.1, true, false, false);

    private static void FiveSteps(int count, ScalarType type, double tolerance, double decay, bool decoupled, bool amsgrad, bool maximize)
    {
        // Gradients that shrink, so that amsgrad differs.
        double[] Gradients(int step) => [.. Numbers.Some(count, step).Select(value => value / step)];
        using var scope = NewDisposeScope();
        var start = Numbers.Some(count, 99);
        var parameter = tensor(start, ScalarType.Float64).to(type).AsParameter();
        using var optimizer = Make(parameter, decay, decoupled, amsgrad, maximize);
        for (var step = 1; step <= 5; step++)
        {
            parameter.grad = tensor(Gradients(step), ScalarType.Float64).to(type);
            optimizer.step();
        }
        Numbers.Close(PlainSteps(start, Gradients, decay, decoupled, amsgrad, maximize), Numbers.Of(parameter), tolerance);
    }

    [Fact]
    public void A_scalar_a_strided_and_a_gradientless_parameter_step_too()
    {
        using var scope = NewDisposeScope();
        var scalar = nn.Parameter(tensor(2f));
        var strided = nn.Parameter(ones(3, 2).transpose(0, 1));
        var still = nn.Parameter(ones(2));
        using var optimizer = optim.Adam([scalar, strided, still], lr: 0.5);
        ((scalar * 3) + strided.sum()).backward();
        optimizer.step();
        Assert.Equal(1.5, scalar.ToDouble(), 1e-5);
        Numbers.Close([.. Enumerable.Repeat(0.5, 6)], Numbers.Of(strided), 1e-5);
        Assert.Equal([1, 1], Numbers.Of(still));
        Assert.Equal([1, 1, 0], optimizer.state_dict().State.Select(state => ((Adam.State)state).step));
    }

    [Fact]
    public void Autograd_notices_that_a_step_has_changed_a_parameter()
    {
        using var scope = NewDisposeScope();
        var parameter = nn.Parameter(ones(8));
        using var optimizer = optim.Adam([parameter]);
        var loss = (parameter * parameter).sum();
        loss.backward(retain_graph: true);
        optimizer.step();
        Assert.ThrowsAny<Exception>(() => loss.backward());
    }

    [Fact]
    public void Groups_have_their_own_rates_and_take_what_they_leave_open_from_the_defaults()
    {
        using var scope = NewDisposeScope();
        var (first, second) = (nn.Parameter(ones(2)), nn.Parameter(ones(2)));
        using var optimizer = optim.AdamW(
            [new AdamW.ParamGroup([first], new AdamW.Options { LearningRate = 0.5 }), new AdamW.ParamGroup(
                [second], new AdamW.Options { weight_decay = 0 })],
            lr: 0.25, weight_decay: 0.125);
        Assert.Equal([0.5, 0.25], optimizer.ParamGroups.Select(group => group.LearningRate));
        Assert.Equal([0.125, 0], optimizer.state_dict().Options.Select(options => ((AdamW.Options)options).weight_decay));
        (first.sum() + second.sum()).backward();
        optimizer.step();
        Numbers.Close([(1 - (0.5 * 0.125)) - 0.5, (1 - (0.5 * 0.125)) - 0.5], Numbers.Of(first), 1e-6);
        Numbers.Close([0.75, 0.75], Numbers.Of(second), 1e-6);
        Assert.Equal(2, optimizer.parameters().Count());
        optimizer.ParamGroups.First().LearningRate = 0;
        Assert.Equal(0, optimizer.state_dict().Options[0].LearningRate);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_saved_state_goes_on_exactly_where_it_was(bool amsgrad)
    {
        using var scope = NewDisposeScope();
        static void Step(Parameter parameter, OptimizerHelper optimizer)
        {
            optimizer.zero_grad();
            (parameter * parameter).sum().backward();
            optimizer.step();
        }
        var parameter = nn.Parameter(Numbers.Doubles(1, 5).to(ScalarType.Float32));
        using var optimizer = Make(parameter, 0.01, false, amsgrad, false);
        Step(parameter, optimizer);
        var copies = new[] { parameter.detach().clone().AsParameter(), parameter.detach().clone().AsParameter() };
        using var stream = new MemoryStream();
        optimizer.save_state_dict(new BinaryWriter(stream));
        stream.Position = 0;
        using var read = Make(copies[0], 0, false, amsgrad, false);
        read.load_state_dict(new BinaryReader(stream));
        using var copied = Make(copies[1], 0, false, amsgrad, false);
        copied.load_state_dict(optimizer.state_dict());
        Assert.True(copied.state_dict().State[0].ApproximatelyEquals(optimizer.state_dict().State[0]));
        Step(parameter, optimizer);
        Step(copies[0], read);
        Step(copies[1], copied);
        Assert.Equal(Numbers.Of(parameter), Numbers.Of(copies[0]));
        Assert.Equal(Numbers.Of(parameter), Numbers.Of(copies[1]));
        stream.Position = 0;
        using var other = optim.SGD([parameter], 0.1);
        Assert.Throws<InvalidDataException>(() => other.load_state_dict(new BinaryReader(stream)));
    }

    [Fact]
    public void Zero_grad_leaves_zeros_and_a_closure_is_called_with_gradients()
    {
        using var scope = NewDisposeScope();
        var parameter = nn.Parameter(ones(3));
        using var optimizer = optim.Adam([("weight", parameter)], lr: 0.1);
        var loss = optimizer.step(() =>
        {
            optimizer.zero_grad();
            var sum = parameter.sum();
            sum.backward();
            return sum;
        });
        Assert.Equal(3, loss!.ToDouble());
        optimizer.zero_grad();
        Assert.Equal([0, 0, 0], Numbers.Of(parameter.grad!));
        Assert.Throws<ArgumentException>(() => optim.Adam([parameter], lr: -1));
        Assert.Throws<ArgumentException>(() => optim.Adam([parameter], beta1: 1));
    }

    [Fact]
    public void Disposing_the_optimizer_disposes_its_state_and_not_the_parameters()
    {
        using var layer = nn.Linear(2, 2);
        var optimizer = optim.Adam(layer.parameters());
        var states = optimizer.state_dict().State.Cast<Adam.State>().ToList();
        optimizer.Dispose();
        Assert.All(states, state => Assert.True(state.exp_avg.IsInvalid && state.exp_avg_sq.IsInvalid));
        Assert.False(layer.weight.IsInvalid);
    }
}
