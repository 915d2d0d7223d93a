using BrewClip.Data;
using BrewClip.Data.Caches;
using BrewClip.Models.Brew;
using BrewClip.Training.Tasks;
using static TorchSharp.torch;

namespace BrewClip.Training.Probes;

/// <summary>Fused embeddings of utterances whose words are known, from cached frames, through any network of the model's shape.</summary>
/// <param name="utterances">The utterances, each with its caption.</param>
/// <param name="backbone">The frozen networks; the caller keeps them.</param>
/// <param name="frames">Frames by recording, for a model with an acoustic channel; the caller keeps it.</param>
internal sealed class UtteranceEmbedder(IReadOnlyList<Utterance> utterances, BrewClipBackbone backbone, FeatureCache? frames)
{
    private readonly Dictionary<string, int[]> _tokens = utterances.Select(utterance => utterance.Caption!).Distinct().ToDictionary(
        text => text, text => CaptionTokens.Of(backbone.ClipTokenizer, text, backbone.Clip.Config.Text.ContextLength), StringComparer.Ordinal);

    /// <summary>Embeds some of them.</summary>
    /// <returns>[N, width], in the network's graph, not normalised. The caller disposes it.</returns>
    public Tensor Embed(BrewClipNetwork network, IReadOnlyList<int> examples)
    {
        using var scope = NewDisposeScope();
        var chosen = examples.Select(example => utterances[example]).ToList();
        var text = network.Config.HasPipeline ? network.EmbedText(ExampleTensors.Tokens(chosen, item => _tokens[item.Caption!], 0)) : null;
        var acoustic = network.Config.HasAcoustic ? EmbedAcoustic(network, chosen) : null;
        return BrewClipNetwork.Fuse(text, acoustic).MoveToOuterDisposeScope();
    }

    private Tensor EmbedAcoustic(BrewClipNetwork network, List<Utterance> chosen)
    {
        using var scope = NewDisposeScope();
        var config = backbone.Whisper.Config;
        int states = network.MixesStates ? config.EncoderLayers + 1 : 1;
        var found = chosen.Select(item => frames!.Find(ContentHash.OfFile(item.AudioPath!))
            ?? throw new InvalidDataException($"The cache holds no frames of '{item.AudioPath}'.")).ToList();
        int longest = network.Config.MaskPadding ? found.Max(item => item.Rows / states) : config.AudioPositions;
        var device = network.OuterLogitScale.device;
        Tensor[] read = [.. Enumerable.Range(0, states).Select(state => ExampleTensors.Frames(found, longest, device, states, state))];
        var valid = tensor(found.Select(item => (long)item.Rows / states).ToArray(), device: device);
        return network.EmbedAcoustic(states == 1 ? read[0] : network.MixStates(read), valid).MoveToOuterDisposeScope();
    }
}
