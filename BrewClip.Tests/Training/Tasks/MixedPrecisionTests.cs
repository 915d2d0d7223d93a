using BrewClip.Data.Caches;
using BrewClip.Models.Brew;
using BrewClip.Models.Clip;
using BrewClip.Models.Loading;
using BrewClip.Models.Whisper;
using BrewClip.Tests.Support;
using BrewClip.Training.Tasks;
using static TorchSharp.torch;

namespace BrewClip.Tests.Training.Tasks;

[Collection(RandomStateCollection.Name)]
public sealed class MixedPrecisionTests
{
    [Fact]
    public void Towers_in_bfloat16_give_nearly_the_same_step_and_what_learns_stays_in_float32()
    {
        using var folder = new TemporaryFolder();
        var captions = ToyCorpus.Write(folder);
        using var toy = new ToyBrewClip(folder, BrewClipVariant.Full, maskPadding: true, visionPrompts: true);
        var narrow = new ModelLoadingOptions { Type = ScalarType.BFloat16 };
        using var clip = ClipModel.Load(folder["clip"], narrow);
        using var whisper = WhisperModel.Load(folder["whisper"], narrow);
        using var network = new BrewClipNetwork(toy.Network.Config, clip, whisper.Config);
        network.load_state_dict(toy.Network.state_dict());

        double full = Loss(toy.Network, toy.Whisper, "full"), mixed = Loss(network, whisper, "mixed");

        Assert.InRange(mixed, 0.9 * full, 1.1 * full);
        Assert.NotEqual(full, mixed);
        var learning = network.named_parameters().Where(item => item.parameter.requires_grad).ToList();
        Assert.All(learning, item => Assert.Equal(ScalarType.Float32, item.parameter.grad!.dtype));

        double Loss(BrewClipNetwork learned, WhisperModel heard, string caches)
        {
            using var frames = FeatureCache.Open(folder[caches], FrameCaching.Kind, "whisper", FrameCaching.Options(validOnly: true));
            FrameCaching.Run(captions, frames, heard.Encoder, validOnly: true);
            var source = new SpeechImageSource(captions, new FrozenFeatures { Frames = frames }, toy.ClipTokenizer, toy.Processor, 24);
            var task = new BrewClipTraining(learned, heard.Config, source);
            return task.Backward(
                [[.. Enumerable.Range(0, 8).Select(i => source.Load(i, new BrewClip.Data.DeterministicRandom(0)))]])["loss"];
        }
    }
}
