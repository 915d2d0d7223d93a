using BrewClip.Models.Clip;
using BrewClip.Training;
using BrewClip.Training.Losses;
using static TorchSharp.torch;

namespace BrewClip.Tests.Training;

[Collection(RandomStateCollection.Name)]
public sealed class FeatureCachingBackwardTests
{
    private const int Pairs = 12;

    [Theory]
    [InlineData(DuplicatePolicy.Masked)]
    [InlineData(DuplicatePolicy.Uniform)]
    public void Four_parts_give_the_gradients_of_one_large_batch(DuplicatePolicy duplicates)
    {
        using var model = SmallModels.Clip();
        var whole = Gradients(model, duplicates, [Pairs]);
        var parts = Gradients(model, duplicates, [3, 4, 4, 1]);
        Assert.Equal(whole.Count, parts.Count);
        foreach (var (name, expected) in whole)
        {
            double scale = Math.Max(1e-3, expected.Max(MathF.Abs));
            Assert.All(expected.Zip(parts[name]), pair => Assert.True(Math.Abs(pair.First - pair.Second) <= 1e-5 * scale, name));
        }
    }

    [Fact]
    public void A_part_embedded_again_drops_the_same_elements()
    {
        manual_seed(3).Dispose();
        using var weight = nn.Parameter(ones(8));
        var seen = new List<float[]>();
        FeatureCachingBackward.Run(
            new[] { 0, 1 },
            part =>
            {
                var dropped = nn.functional.dropout(weight * ones(2, 8), 0.5, true);
                seen.Add(dropped.detach().data<float>().ToArray());
                return [dropped];
            },
            features => features[0].pow(2).sum()).Dispose();
        Assert.Equal(4, seen.Count);
        Assert.Equal(seen[0], seen[2]);
        Assert.Equal(seen[1], seen[3]);
        Assert.NotEqual(seen[0], seen[1]);
    }

    private static Dictionary<string, float[]> Gradients(ClipModel model, DuplicatePolicy duplicates, int[] sizes)
    {
        using var scope = NewDisposeScope();
        manual_seed(1).Dispose();
        var pixels = randn(Pairs, 3, 16, 16);
        var tokens = SmallModels.Tokens(Pairs);
        var ids = tensor(Enumerable.Range(0, Pairs).Select(i => (long)(i / 2)).ToArray());
        model.zero_grad();
        var starts = sizes.Select((_, i) => sizes[..i].Sum()).ToArray();
        FeatureCachingBackward.Run(
            Enumerable.Range(0, sizes.Length).ToArray(),
            part =>
            [
                model.Vision.forward(pixels.narrow(0, starts[part], sizes[part])),
                model.Text.forward(tokens.narrow(0, starts[part], sizes[part])),
                ids.narrow(0, starts[part], sizes[part]),
            ],
            features => new ContrastiveLoss(duplicates).Compute(features[0], features[1], features[2], model.LogLogitScale));
        return model.named_parameters().ToDictionary(item => item.name, item => item.parameter.grad!.data<float>().ToArray());
    }
}
