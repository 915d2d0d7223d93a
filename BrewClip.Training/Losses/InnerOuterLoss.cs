using static TorchSharp.torch;

namespace BrewClip.Training.Losses;

/// <summary>The terms of one batch's loss. Whoever asked for them disposes them.</summary>
/// <param name="Outer">Fused speech against image: a scalar.</param>
/// <param name="Inner">Acoustic against text channel: a scalar, or null where a variant has one channel only.</param>
/// <param name="Total">Outer + α · inner: the scalar to minimise.</param>
public sealed record LossTerms(Tensor Outer, Tensor? Inner, Tensor Total) : IDisposable
{
    /// <summary>Disposes the three scalars.</summary>
    public void Dispose()
    {
        Outer.Dispose();
        Inner?.Dispose();
        Total.Dispose();
    }
}

/// <summary>
/// BrewCLIP's objective (paper section 3.4): <c>outer(fused, image) + α · inner(acoustic, text)</c>, both contrastive.
/// </summary>
/// <param name="duplicates">What pairs of the same image mean. Default: <see cref="DuplicatePolicy.Masked"/>.</param>
/// <param name="alpha">The weight of the inner loss. Default 0.1 (paper, appendix A).</param>
public sealed class InnerOuterLoss(DuplicatePolicy duplicates = DuplicatePolicy.Masked, double alpha = 0.1)
{
    /// <summary>The largest weight that the inner loss may have: what is above is a slip of the pen.</summary>
    public const double LargestAlpha = 1e6;

    private readonly ContrastiveLoss _contrastive = new(duplicates);

    /// <summary>The weight of the inner loss.</summary>
    public double Alpha { get; } = alpha is >= 0 and <= LargestAlpha
        ? alpha
        : throw new ArgumentOutOfRangeException(
            nameof(alpha), alpha, $"The weight of the inner loss is {alpha}: it must lie between 0 and {LargestAlpha}.");

    /// <summary>Computes the terms of one batch.</summary>
    /// <param name="fused">Speech embeddings [N, d].</param>
    /// <param name="image">Image embeddings [N, d].</param>
    /// <param name="acoustic">The acoustic channel's own embeddings [N, d]; null where the variant has none.</param>
    /// <param name="text">The text channel's own embeddings [N, d]; null where the variant has none.</param>
    /// <param name="imageIds">The image of each pair, int64 [N].</param>
    /// <param name="outerLogitScale">The outer loss's logarithm of the inverse temperature.</param>
    /// <param name="innerLogitScale">The inner loss's.</param>
    /// <returns>Scalars in the graph of the inputs; the caller disposes them.</returns>
    /// <exception cref="ArgumentException">Shapes do not fit each other.</exception>
    public LossTerms Compute(
        Tensor fused, Tensor image, Tensor? acoustic, Tensor? text, Tensor imageIds, Tensor outerLogitScale, Tensor innerLogitScale)
    {
        var outer = _contrastive.Compute(fused, image, imageIds, outerLogitScale);
        if (acoustic is null || text is null)
        {
            return new LossTerms(outer, null, outer.alias());
        }

        var inner = _contrastive.Compute(acoustic, text, imageIds, innerLogitScale);
        using var weighted = inner * Alpha;
        return new LossTerms(outer, inner, outer + weighted);
    }
}
