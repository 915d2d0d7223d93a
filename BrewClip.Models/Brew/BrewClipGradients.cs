using static TorchSharp.torch;

namespace BrewClip.Models.Brew;

/// <summary>
/// How the similarity of a speech and an image vector would change with what the last layer of either tower reads (the paper's appendix:
/// "the gradient-updating direction of the penultimate layer of each module").
/// </summary>
/// <remarks>
/// A position's weight is what its state, as it differs from the average position's, adds to the similarity to first order:
/// Σ gradient · (state − mean state), where that is positive; what sets the two apart counts nothing. The state alone would not do in its
/// place: the layer's norm takes out its length, so that the gradient is square to it.
/// </remarks>
internal sealed class BrewClipGradients(BrewClipNetwork network, BrewClipBackbone backbone)
{
    /// <summary>Weights of the patches of each view, in reading order.</summary>
    /// <param name="pixels">[1, 3, size, size].</param>
    /// <param name="query">What the image is compared with.</param>
    public float[] OfPatches(Tensor pixels, ReadOnlySpan<float> query)
    {
        using var scope = NewDisposeScope();
        Tensor states;
        using (no_grad())
        {
            var prompts = network.VisionPrompts();
            states = backbone.Clip.Vision.Penultimate(pixels, prompts);
        }

        return Weights(backbone.Clip.Vision.EmbeddingFrom, null, query, states, 1, backbone.Clip.Config.Vision.Positions - 1);
    }

    /// <summary>Weights of Whisper's frames of one window, each 20 ms.</summary>
    /// <param name="frames">[1, T, d_audio], as the acoustic branch reads them.</param>
    /// <param name="validFrames">How many are sound, int64 [1].</param>
    /// <param name="text">The pipeline channel's vector, which is added; null for none.</param>
    /// <param name="image">What the utterance is compared with.</param>
    public float[] OfFrames(Tensor frames, Tensor validFrames, float[]? text, ReadOnlySpan<float> image)
    {
        using var scope = NewDisposeScope();
        var (states, embed) = network.AcousticPenultimate(frames, validFrames);
        long sound = Math.Min(validFrames.cpu().item<long>(), frames.shape[1]);
        return Weights(embed, text, image, states, states.shape[1] - frames.shape[1], sound);
    }

    private static float[] Weights(
        Func<Tensor, Tensor> embed, float[]? added, ReadOnlySpan<float> other, Tensor states, long start, long count)
    {
        using var grad = enable_grad();
        states.requires_grad_();
        var embedding = embed(states);
        var whole = added is null ? embedding : embedding + tensor(added, device: embedding.device);
        var target = tensor(other.ToArray(), device: embedding.device).unsqueeze(0);
        var similarity = (whole * target).sum() / (whole.norm() * target.norm());
        var gradient = autograd.grad([similarity], [states])[0].narrow(1, start, count).to(ScalarType.Float32);
        var positions = states.detach().narrow(1, start, count).to(ScalarType.Float32);
        var difference = positions - positions.mean([1], keepdim: true);
        return (gradient * difference).sum(dim: 2).clamp_min(0).cpu().reshape(-1).contiguous().data<float>().ToArray();
    }
}
