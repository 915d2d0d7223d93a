using static TorchSharp.torch;

namespace BrewClip.Models.Clip;

/// <summary>All that the image tower says of a batch of images.</summary>
/// <param name="Embedding">Pooled and projected, [N, embedding width], float32, not normalised.</param>
/// <param name="Patches">
/// The last layer's output at every patch, before any norm, in reading order: [N, patches, tower width], float32.
/// </param>
/// <remarks>Whoever asked for it disposes it.</remarks>
public sealed record ClipVisionFeatures(Tensor Embedding, Tensor Patches) : IDisposable
{
    /// <summary>Frees both tensors.</summary>
    public void Dispose()
    {
        Embedding.Dispose();
        Patches.Dispose();
    }
}
