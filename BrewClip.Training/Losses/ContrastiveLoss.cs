using static TorchSharp.torch;

namespace BrewClip.Training.Losses;

/// <summary>
/// Symmetric InfoNCE over cosine similarities (paper section 3.4): the mean of the cross entropies of both directions of
/// <c>exp(logitScale) · cos(a_i, b_j)</c>, with row <c>i</c> of both sides being a pair.
/// </summary>
/// <remarks>
/// Stateless and safe to call from several threads. The logits are shifted by their maximum inside the log-softmax, so that a
/// temperature of 0.01 does not overflow.
/// </remarks>
/// <param name="duplicates">The meaning of two pairs with the same image. Default: <see cref="DuplicatePolicy.Masked"/>.</param>
public sealed class ContrastiveLoss(DuplicatePolicy duplicates = DuplicatePolicy.Masked)
{
    /// <summary>ln(1 / 0.07): the stored form of the temperature that CLIP, SpeechCLIP and BrewCLIP start from.</summary>
    public static readonly double InitialLogitScale = Math.Log(1 / 0.07);

    /// <summary>The meaning of two pairs with the same image.</summary>
    public DuplicatePolicy Duplicates => duplicates;

    /// <summary>Computes the loss of one batch.</summary>
    /// <param name="a">Embeddings [N, d], floating point, any length of vector: they are normalised here.</param>
    /// <param name="b">Embeddings [N, d] of the other side, row for row.</param>
    /// <param name="imageIds">The image of each pair, int64 [N]; equal ids are duplicates.</param>
    /// <param name="logitScale">A scalar: the logarithm of the inverse temperature.</param>
    /// <returns>A scalar in the graph of its inputs. The caller disposes it.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit each other, or the batch is empty.</exception>
    public Tensor Compute(Tensor a, Tensor b, Tensor imageIds, Tensor logitScale)
    {
        Check(a, b, imageIds);
        using var scope = NewDisposeScope();
        var logits = ScaledCosine(a, b, logitScale);
        var same = imageIds.unsqueeze(0).eq(imageIds.unsqueeze(1));
        var loss = duplicates switch
        {
            DuplicatePolicy.OneHot => Symmetric(logits, OneDirectionOneHot),
            DuplicatePolicy.Masked => Symmetric(WithoutDuplicates(logits, same), OneDirectionOneHot),
            DuplicatePolicy.Uniform => Symmetric(logits, rows => OneDirectionUniform(rows, same)),
            _ => throw new InvalidOperationException($"'{duplicates}' is no duplicate policy."),
        };
        return loss.MoveToOuterDisposeScope();
    }

    private static Tensor ScaledCosine(Tensor a, Tensor b, Tensor logitScale)
    {
        var left = nn.functional.normalize(a, dim: -1);
        var right = nn.functional.normalize(b, dim: -1);
        return logitScale.exp() * left.mm(right.t());
    }

    private static Tensor Symmetric(Tensor logits, Func<Tensor, Tensor> oneDirection) =>
        (oneDirection(logits) + oneDirection(logits.t())) * 0.5;

    private static Tensor OneDirectionOneHot(Tensor logits) =>
        logits.log_softmax(-1).diagonal(0, 0, 1).mean().neg();

    private static Tensor OneDirectionUniform(Tensor logits, Tensor same)
    {
        var target = same.to_type(logits.dtype);
        target = target / target.sum(-1, keepdim: true);
        return (target * logits.log_softmax(-1)).sum(-1).mean().neg();
    }

    private static Tensor WithoutDuplicates(Tensor logits, Tensor same)
    {
        var others = eye(logits.shape[0], dtype: ScalarType.Bool, device: logits.device).logical_not();
        return logits.masked_fill(same.logical_and(others), double.NegativeInfinity);
    }

    private static void Check(Tensor a, Tensor b, Tensor imageIds)
    {
        if (a.dim() != 2 || b.dim() != 2 || !a.shape.AsSpan().SequenceEqual(b.shape))
        {
            throw new ArgumentException(
                $"A contrastive loss compares two matrices of the same shape; it got [{string.Join(", ", a.shape)}] and "
                + $"[{string.Join(", ", b.shape)}].");
        }

        if (a.shape[0] == 0)
        {
            throw new ArgumentException("The batch holds 0 pairs: a contrastive loss needs at least one.");
        }

        if (a.dtype != b.dtype)
        {
            throw new ArgumentException($"The two sides have the types {a.dtype} and {b.dtype}: convert one of them first.");
        }

        if (imageIds.dim() != 1 || imageIds.shape[0] != a.shape[0])
        {
            throw new ArgumentException(
                $"{a.shape[0]} pairs need {a.shape[0]} image ids in one dimension; got the shape [{string.Join(", ", imageIds.shape)}].");
        }
    }
}
