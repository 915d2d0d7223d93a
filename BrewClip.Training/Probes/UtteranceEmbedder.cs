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
    private readonly Dictionary<string, int[]> _tokens = utterances.Select(utterance => utterance.Caption!).Distinct()
        .ToDictionary(text => text, text => CaptionTokens.Of(backbone.ClipTokenizer, text, backbone.Clip.Config.Text.ContextLength),
        StringComparer.Ordinal);

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

    private Tensor EmbedAcoustic(BrewClipNetwork network, List<Utterance> chosen) => CachedFrameEmbedding.Embed(
        network, backbone.Whisper.Config,
        [
            .. chosen.Select(item => frames!.Find(ContentHash.OfFile(item.AudioPath!))
                ?? throw new InvalidDataException($"The cache holds no frames of '{item.AudioPath}'.")),
        ]);
}
