using BrewClip.Tests.LibTorch.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace BrewClip.Tests.LibTorch.Optim;

public class SGDTests
{
    [Theory]
    [InlineData(0.0, 0.0, 0.0, false)]
    [InlineData(0.9, 0.0, 0.1, false)]
    [InlineData(0.9, 0.2, 0.0, false)]
    [InlineData(0.9, 0.0, 0.1, true)]
    public void Five_steps_equal_the_formula(double momentum, double dampening, double decay, bool nesterov)
    {
        using var scope = NewDisposeScope();
        var x = Numbers.Some(6, 99);
        var parameter = tensor(x, ScalarType.Float64).AsParameter();
        using var optimizer = optim.SGD([parameter], 0.1, momentum, dampening, decay, nesterov);
        var velocity = new double[x.Length];
        for (var step = 1; step <= 5; step++)
        {
            var gradients = Numbers.Some(x.Length, step);
            parameter.grad = tensor(gradients, ScalarType.Float64);
            optimizer.step();
            for (var i = 0; i < x.Length; i++)
            {
                var gradient = gradients[i] + (decay * x[i]);
                velocity[i] = step == 1 ? gradient : (momentum * velocity[i]) + ((1 - dampening) * gradient);
                x[i] -= 0.1 * (momentum == 0 ? gradient : nesterov ? gradient + (momentum * velocity[i]) : velocity[i]);
            }
        }
        Numbers.Close(x, Numbers.Of(parameter), 1e-12);
    }
}
