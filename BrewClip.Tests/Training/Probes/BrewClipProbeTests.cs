using BrewClip.Core.Audio;
using BrewClip.Data;
using BrewClip.Data.Caches;
using BrewClip.Data.Ravdess;
using BrewClip.Models.Brew;
using BrewClip.Tests.Models;
using BrewClip.Tests.Support;
using BrewClip.Training.Probes;
using BrewClip.Training.Tasks;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace BrewClip.Tests.Training.Probes;

[Collection(SeededGeneratorCollection.Name)]
public sealed class BrewClipProbeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public BrewClipProbeTests() => ToyRavdess.WriteCorpus(_folder["ravdess"]);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Cached_frames_give_the_embeddings_that_users_get(bool maskPadding, bool mixLayers)
    {
        FormulaCheckpoint.Write(
            _folder["model"], adjust: config => config with { MaskPadding = maskPadding, AcousticLayerMix = mixLayers });
        using var model = BrewClipModel.Load(_folder["model"]);
        var utterances = new RavdessDataset(_folder["ravdess"]).Read().Take(3).ToList();
        using var frames = Frames(model, utterances, maskPadding, mixLayers);
        using var noGrad = no_grad();
        using var embedded = F.normalize(
            new UtteranceEmbedder(utterances, model.Backbone, frames).Embed(model.Network, [2, 0, 1]), dim: -1);
        int[] order = [2, 0, 1];
        var expected = order
            .SelectMany(i => model.EncodeSpeech(AudioClip.Load(utterances[i].AudioPath!), utterances[i].Caption).Vector.ToArray());

        // Frames are kept in float16.
        TensorAssert.Close([.. expected], embedded.data<float>().ToArray(), 2e-3);
    }

    [Fact]
    public void Fine_tuning_reaches_prompts_and_acoustic_branch_and_lowers_the_loss()
    {
        FormulaCheckpoint.Write(_folder["model"]);
        using var model = BrewClipModel.Load(_folder["model"]);
        var utterances = new RavdessDataset(_folder["ravdess"]).Read().ToList();
        using var frames = Frames(model, utterances, maskPadding: false, mixLayers: false);
        manual_seed(1).Dispose();
        var network = new BrewClipNetwork(model.Config, model.Backbone.Clip, model.Backbone.Whisper.Config);
        FormulaCheckpoint.Fill(network);
        using var probe = new FineTunedProbe(network, new UtteranceEmbedder(utterances, model.Backbone, frames).Embed, model.Dimensions, 4);
        int[] labels = [.. utterances.Select(utterance => utterance.Class)], all = [.. Enumerable.Range(0, utterances.Count)];
        var options = ProbeTrainingOptions.Acoustic with { Epochs = 1, LearningRate = 3e-3 };
        double first = ProbeTraining.Train(probe, labels, all, options, 0);

        string[] untouched = [.. network.named_parameters().Where(item => item.parameter.grad is null).Select(item => item.name).Order(
            StringComparer.Ordinal)];
        Assert.Equal(["inner_logit_scale", "outer_logit_scale", "prompts.vision.bias", "prompts.vision.weight"], untouched);
        double last = ProbeTraining.Train(probe, labels, all, options with { Epochs = 10 }, 0);
        Assert.True(last < 0.95 * first, $"{first} {last}");
    }

    [Fact]
    public void Nothing_to_probe_is_refused()
    {
        FormulaCheckpoint.Write(_folder["model"]);
        using var model = BrewClipModel.Load(_folder["model"]);
        var dataset = new RavdessDataset(_folder["ravdess"]);
        Assert.Throws<ArgumentException>(
            () => BrewClipProbe.Run(dataset, model, new BrewClipProbeOptions { Linear = null, FineTuned = null }));
        Assert.Throws<ArgumentException>(() => BrewClipProbe.Run(dataset, model, new BrewClipProbeOptions { Seeds = 0 }));
        foreach (string recording in Directory.GetFiles(_folder["ravdess"], "*.wav", SearchOption.AllDirectories))
        {
            File.WriteAllText(recording, "no sound");
        }

        Assert.StartsWith(
            "None of 40 recordings", Assert.Throws<InvalidDataException>(() => BrewClipProbe.Run(dataset, model)).Message,
            StringComparison.Ordinal);
    }

    private FeatureCache Frames(BrewClipModel model, IReadOnlyList<Utterance> utterances, bool maskPadding, bool mixLayers)
    {
        int states = mixLayers ? model.Backbone.Whisper.Config.EncoderLayers + 1 : 1;
        var frames = FeatureCache.Open(_folder["frames"], FrameCaching.Kind, "toy", FrameCaching.Options(maskPadding, states));
        FrameCaching.Run(utterances, frames, model.Backbone.Whisper.Encoder, maskPadding, states: states);
        return frames;
    }
}
