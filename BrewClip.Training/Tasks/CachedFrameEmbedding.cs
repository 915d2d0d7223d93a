using BrewClip.Data.Caches;
using BrewClip.Models.Brew;
using BrewClip.Models.Whisper;
using static TorchSharp.torch;

namespace BrewClip.Training.Tasks;

/// <summary>The acoustic channel over frames that Whisper computed before.</summary>
internal static class CachedFrameEmbedding
{
    /// <summary>Embeds utterances.</summary>
    /// <param name="network">A model with an acoustic channel.</param>
    /// <param name="whisper">The shape of the Whisper whose frames they are.</param>
    /// <param name="frames">Each utterance's, of as many states as the network mixes.</param>
    /// <returns>[N, width], in the network's graph and on its device, not normalised. The caller disposes it.</returns>
    /// <exception cref="InvalidOperationException">The cache holds other states, or fewer frames, than the network reads.</exception>
    public static Tensor Embed(BrewClipNetwork network, WhisperConfig whisper, IReadOnlyList<CachedFeatures> frames)
    {
        int states = network.MixesStates ? whisper.EncoderLayers + 1 : 1;
        if (frames.Any(item => item.Rows % states != 0))
        {
            throw new InvalidOperationException(
                $"This model mixes {states} states of Whisper's layers (acoustic_layer_mix), and the cache holds others.");
        }

        int longest = network.Config.MaskPadding ? frames.Max(item => item.Rows / states) : whisper.AudioPositions;
        if (!network.Config.MaskPadding && frames.Any(item => item.Rows / states != longest))
        {
            throw new InvalidOperationException(
                $"This model attends padding (mask_padding is false): it needs all {longest} frames of the window, and the cache holds "
                + "fewer.");
        }

        using var scope = NewDisposeScope();
        var device = network.OuterLogitScale.device;
        var valid = tensor(frames.Select(item => (long)item.Rows / states).ToArray(), device: device);
        Tensor[] read = [.. Enumerable.Range(0, states).Select(state => ExampleTensors.Frames(frames, longest, device, states, state))];
        return network.EmbedAcoustic(states == 1 ? read[0] : network.MixStates(read), valid).MoveToOuterDisposeScope();
    }
}
