using BrewClip.Core.Images;
using BrewClip.Core.Text;
using BrewClip.Models.Brew;
using BrewClip.Models.Clip;
using BrewClip.Models.Whisper;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Training.Tasks;

/// <summary>BrewCLIP over frozen towers of random weights, without dropout.</summary>
internal sealed class ToyBrewClip : IDisposable
{
    public ToyBrewClip(TemporaryFolder folder, BrewClipVariant variant, bool maskPadding, bool visionPrompts)
    {
        ClipTokenizer = ToyCorpus.ClipTokenizer();
        using (var fresh = ClipModel.Create(SmallModels.ClipShape(ClipTokenizer.VocabularySize, ClipTokenizer.EndOfText), 3))
        {
            fresh.Save(folder["clip"]);
        }

        using (var fresh = WhisperModel.Create(SmallModels.WhisperShape(40), 3))
        {
            fresh.Save(folder["whisper"]);
        }

        // Loaded as any frozen model is: without gradients.
        Clip = ClipModel.Load(folder["clip"]);
        Whisper = WhisperModel.Load(folder["whisper"]);
        TorchSharp.torch.manual_seed(5).Dispose();
        Network = new BrewClipNetwork(
            new BrewClipConfig
            {
                ModelType = BrewClipConfig.ModelTypeName,
                Whisper = "../whisper",
                Clip = "../clip",
                Variant = variant,
                MaskPadding = maskPadding,
                VisionPrompts = visionPrompts,
                AcousticAttentionHeads = 2,
                AcousticFeedForward = 32,
                AcousticDropout = 0,
            },
            Clip, Whisper.Config);
    }

    public ClipTokenizer ClipTokenizer { get; }

    public ClipModel Clip { get; }

    public WhisperModel Whisper { get; }

    public BrewClipNetwork Network { get; }

    public ClipImageProcessor Processor { get; } = new(new ClipImageProcessorConfig { Size = 16 });

    public float[] FrozenWeights() => [.. Clip.parameters().SelectMany(parameter => parameter.detach().data<float>().ToArray())];

    public void Dispose()
    {
        Network.Dispose();
        Clip.Dispose();
        Whisper.Dispose();
    }
}
