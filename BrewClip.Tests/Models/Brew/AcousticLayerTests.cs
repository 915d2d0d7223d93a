using BrewClip.Models.Brew;
using BrewClip.Tests.Support;
using static TorchSharp.torch;

namespace BrewClip.Tests.Models.Brew;

public sealed class AcousticLayerTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_first_position_alone_is_that_of_all_positions_and_so_are_its_gradients(bool masked)
    {
        using var scope = NewDisposeScope();
        using var layer = new AcousticLayer(width: 12, heads: 3, feedForward: 20, dropout: 0);
        foreach (var (name, parameter) in layer.named_parameters())
        {
            using var noGrad = no_grad();
            parameter.copy_(tensor(FormulaWeights.Parameter(name, parameter.shape)).view(parameter.shape));
        }

        var states = tensor(FormulaWeights.Uniform("states", 2 * 7 * 12)).view(2, 7, 12);
        var mask = masked ? (arange(7) < tensor([4L, 7L]).unsqueeze(1)).unsqueeze(1).unsqueeze(1) : null;
        var (all, allGradients) = Run(layer, states, mask, firstAlone: false);
        var (first, firstGradients) = Run(layer, states, mask, firstAlone: true);
        Assert.True(all.allclose(first, 1e-4, 1e-5));
        Assert.All(allGradients.Zip(firstGradients), pair => Assert.True(pair.First.allclose(pair.Second, 1e-3, 1e-5)));
    }

    private static (Tensor First, List<Tensor> Gradients) Run(AcousticLayer layer, Tensor states, Tensor? mask, bool firstAlone)
    {
        var input = states.detach().clone().requires_grad_();
        layer.zero_grad();
        var first = layer.Forward(input, mask, firstAlone).select(1, 0);
        (first * first * first).sum().backward();
        return (first.detach(), [input.grad!, .. layer.parameters().Select(parameter => parameter.grad!.clone())]);
    }
}
