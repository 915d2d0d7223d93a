using BrewClip.Models.Whisper;
using BrewClip.Tests.Training;
using static TorchSharp.torch;

namespace BrewClip.Tests.Models.Whisper;

public sealed class ShortWindowTests
{
    [Fact]
    public void A_short_window_as_long_as_the_models_gives_what_the_whole_window_gives()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var model = WhisperModel.Create(SmallModels.WhisperShape(60), 1);
        var mel = linspace(-1, 1, 2 * 20 * 100).view(2, 20, 100);

        Assert.True(model.Encoder.forward(mel).equal(model.Encoder.ForwardShort(mel)).all().item<bool>());
        Assert.Equal([2, 15, 16], model.Encoder.ForwardShort(mel.narrow(2, 0, 30)).shape);
    }

    [Theory]
    [InlineData(31)]
    [InlineData(102)]
    public void A_short_window_is_even_and_at_most_the_models(int frames)
    {
        using var scope = NewDisposeScope();
        using var model = WhisperModel.Create(SmallModels.WhisperShape(60), 1);
        var error = Assert.Throws<ArgumentException>(() => model.Encoder.ForwardShort(zeros(1, 20, frames)));
        Assert.Contains($"{frames} frames", error.Message);
    }
}
