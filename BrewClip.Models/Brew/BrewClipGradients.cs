using static TorchSharp.torch;

namespace BrewClip.Models.Brew;

/// <summary>
/// How the similarity of a speech and an image vector would change with what the last layer of either tower reads (the paper's appendix:
/// "the gradient-updating direction of the penultimate layer of each module").
/// </summary>
/// <remarks>
/// A position's weight is its state's part in the similarity to first order, Σ gradient · state, where that is positive: what makes the two
/// alike, not what sets them apart.
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

        states.requires_grad_();
        var weights = Weights(backbone.Clip.Vision.EmbeddingFrom, null, query, states);
        int patches = backbone.Clip.Config.Vision.Positions - 1;
        return weights.narrow(1, 1, patches).reshape(-1).data<float>().ToArray();
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
        states.requires_grad_();
        var weights = Weights(embed, text, image, states);
        long length = validFrames.cpu().item<long>();
        return weights.narrow(1, states.shape[1] - frames.shape[1], Math.Min(length, frames.shape[1])).reshape(-1).data<float>().ToArray();
    }

    // [1, positions] on the CPU.
    private static Tensor Weights(Func<Tensor, Tensor> embed, float[]? added, ReadOnlySpan<float> other, Tensor states)
    {
        using var grad = enable_grad();
        var embedding = embed(states);
        var whole = added is null ? embedding : embedding + tensor(added, device: embedding.device);
        var target = tensor(other.ToArray(), device: embedding.device).unsqueeze(0);
        var similarity = (whole * target).sum() / (whole.norm() * target.norm());
        var gradient = autograd.grad([similarity], [states])[0];
        return (gradient * states).detach().to(ScalarType.Float32).sum(dim: 2).clamp_min(0).cpu().contiguous();
    }
}
