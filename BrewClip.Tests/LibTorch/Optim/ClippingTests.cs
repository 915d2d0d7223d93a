using BrewClip.Tests.LibTorch.Modules;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace BrewClip.Tests.LibTorch.Optim;

public class ClippingTests
{
    private static Parameter[] WithGradients(params float[][] gradients) => [.. gradients.Select(gradient =>
    {
        var parameter = nn.Parameter(zeros(gradient.Length));
        parameter.grad = tensor(gradient);
        return parameter;
    }), nn.Parameter(zeros(3))];

    [Fact]
    public void Gradients_above_the_norm_are_scaled_together_and_the_norm_before_is_told()
    {
        using var scope = NewDisposeScope();
        var parameters = WithGradients([3, 0], [0, 4]);
        Assert.Equal(5, nn.utils.clip_grad_norm_(parameters, 1), 1e-6);
        Numbers.Close([0.6, 0], Numbers.Of(parameters[0].grad!), 1e-5);
        Numbers.Close([0, 0.8], Numbers.Of(parameters[1].grad!), 1e-5);
        Assert.Equal(1, nn.utils.clip_grad_norm_(parameters, 4), 1e-5);
        Numbers.Close([0.6, 0], Numbers.Of(parameters[0].grad!), 1e-5);
        Assert.Equal(0, nn.utils.clip_grad_norm_([parameters[2]], 1));
    }

    [Fact]
    public void Other_norms_and_values_clip_too()
    {
        using var scope = NewDisposeScope();
        var parameters = WithGradients([3, -1], [0, -4]);
        Assert.Equal(4, nn.utils.clip_grad_norm_(parameters, 8, double.PositiveInfinity), 1e-6);
        Assert.Equal(8, nn.utils.clip_grad_norm_(parameters, 8, 1), 1e-6);
        nn.utils.clip_grad_value_(parameters, 2);
        Numbers.Close([2, -1], Numbers.Of(parameters[0].grad!), 1e-5);
        Numbers.Close([0, -2], Numbers.Of(parameters[1].grad!), 1e-5);
    }

    [Fact]
    public void A_gradient_that_is_no_number_shows()
    {
        using var scope = NewDisposeScope();
        var parameters = WithGradients([3, float.NaN], [0, 4]);
        Assert.True(double.IsNaN(nn.utils.clip_grad_norm_(parameters, 1)));
        Assert.True(double.IsNaN(Numbers.Of(parameters[1].grad!)[1]));
    }
}
