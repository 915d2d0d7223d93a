using BrewClip.Models.Whisper;
using BrewClip.Tests.Training;
using static TorchSharp.torch;

namespace BrewClip.Tests.Models.Whisper;

public sealed class WhisperInitializationTests
{
    [Fact]
    public void Convolutions_start_with_the_deviation_that_keeps_a_rectified_signal_and_linear_layers_as_PyTorchs()
    {
        using var scope = NewDisposeScope();
        var shape = SmallModels.WhisperShape(60) with { Width = 64 };
        using var model = WhisperModel.Create(shape, 1);
        var weights = model.state_dict();
        Deviates(weights["model.encoder.conv1.weight"], Math.Sqrt(2.0 / (3 * shape.MelBins)));
        Deviates(weights["model.encoder.conv2.weight"], Math.Sqrt(2.0 / (3 * 64)));
        Deviates(weights["model.encoder.layers.0.fc1.weight"], 1 / Math.Sqrt(3 * 64));
    }

    [Fact]
    public void Equal_seeds_give_equal_weights_and_others_do_not()
    {
        using var scope = NewDisposeScope();
        Tensor First(long seed)
        {
            using var model = WhisperModel.Create(SmallModels.WhisperShape(60), seed);
            return model.state_dict()["model.encoder.conv1.weight"].clone();
        }

        Assert.True(First(1).equal(First(1)).all().item<bool>());
        Assert.False(First(1).equal(First(2)).any().item<bool>());
    }

    private static void Deviates(Tensor weight, double expected)
    {
        double actual = weight.std().item<float>();
        Assert.InRange(actual, 0.95 * expected, 1.05 * expected);
    }
}
