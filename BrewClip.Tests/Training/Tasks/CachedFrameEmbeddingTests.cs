using BrewClip.Data.Caches;
using BrewClip.Models.Brew;
using BrewClip.Tests.Support;
using BrewClip.Training.Tasks;
using static TorchSharp.torch;

namespace BrewClip.Tests.Training.Tasks;

[Collection(RandomStateCollection.Name)]
public sealed class CachedFrameEmbeddingTests
{
    [Fact]
    public void Fewer_frames_than_a_model_attends_are_refused_and_a_model_that_masks_padding_takes_them()
    {
        using var folder = new TemporaryFolder();
        using var whole = new ToyBrewClip(folder, BrewClipVariant.Full, maskPadding: false, visionPrompts: false);
        var shape = whole.Whisper.Config;

        var error = Assert.Throws<InvalidOperationException>(() => CachedFrameEmbedding.Embed(whole.Network, shape, [Frames(3)]));
        Assert.Contains($"all {shape.AudioPositions} frames", error.Message, StringComparison.Ordinal);
        using var scope = NewDisposeScope();
        Assert.Equal(
            2, CachedFrameEmbedding.Embed(whole.Network, shape, [Frames(shape.AudioPositions), Frames(shape.AudioPositions)]).shape[0]);
        using var masked = new ToyBrewClip(folder, BrewClipVariant.Full, maskPadding: true, visionPrompts: false);
        Assert.Equal(2, CachedFrameEmbedding.Embed(masked.Network, shape, [Frames(3), Frames(5)]).shape[0]);

        CachedFeatures Frames(int rows) => new(rows, shape.Width, new float[rows * shape.Width]);
    }
}
