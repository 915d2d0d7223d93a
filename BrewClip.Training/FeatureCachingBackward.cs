using static TorchSharp.torch;

namespace BrewClip.Training;

/// <summary>
/// Gradients of a loss that compares every example with every other, for more examples than memory holds the graph of (Gao et al. 2021,
/// "Scaling Deep Contrastive Learning Batch Size under Memory Limited Setup"): embed the parts without a graph, take the loss's gradient
/// with respect to all embeddings at once, then embed each part again and send its share of that gradient on.
/// </summary>
/// <remarks>Random numbers are taken back before a part is embedded again, so that its dropout is the same.</remarks>
public static class FeatureCachingBackward
{
    /// <summary>Adds the gradients of the loss over all parts together; a single part takes the direct way.</summary>
    /// <param name="parts">At least one.</param>
    /// <param name="embed">A part's features, each [examples, ...], in an order of its own that never changes.</param>
    /// <param name="loss">The scalar loss of features of all examples; parameters that it reads itself get their gradients too.</param>
    /// <returns>The loss, detached. The caller disposes it.</returns>
    public static Tensor Run<TPart>(
        IReadOnlyList<TPart> parts, Func<TPart, IReadOnlyList<Tensor>> embed, Func<IReadOnlyList<Tensor>, Tensor> loss)
    {
        using var scope = NewDisposeScope();
        if (parts.Count == 1)
        {
            var direct = loss(embed(parts[0]));
            direct.backward();
            return direct.detach().MoveToOuterDisposeScope();
        }

        var randomStates = new Tensor[parts.Count];
        var features = EmbedAll(parts, embed, randomStates);
        var total = loss(features);
        total.backward();
        long start = 0;
        for (int i = 0; i < parts.Count; i++)
        {
            start += SendBack(parts[i], embed, features, start, randomStates[i]);
        }

        return total.detach().MoveToOuterDisposeScope();
    }

    private static List<Tensor> EmbedAll<TPart>(IReadOnlyList<TPart> parts, Func<TPart, IReadOnlyList<Tensor>> embed, Tensor[] randomStates)
    {
        using var noGrad = no_grad();
        var embedded = new List<IReadOnlyList<Tensor>>();
        for (int i = 0; i < parts.Count; i++)
        {
            randomStates[i] = get_rng_state();
            DeviceRandomness.FollowCpu();
            embedded.Add(embed(parts[i]));
        }

        return [.. Enumerable.Range(0, embedded[0].Count).Select(i => Leaf(cat([.. embedded.Select(features => features[i])], 0)))];
    }

    private static Tensor Leaf(Tensor joined) => joined.is_floating_point() ? joined.detach().requires_grad_() : joined;

    private static long SendBack<TPart>(
        TPart part, Func<TPart, IReadOnlyList<Tensor>> embed, List<Tensor> features, long start, Tensor randomState)
    {
        using var scope = NewDisposeScope();
        set_rng_state(randomState);
        DeviceRandomness.FollowCpu();
        var again = embed(part);
        long count = again[0].shape[0];
        var outputs = new List<Tensor>();
        var gradients = new List<Tensor>();
        for (int i = 0; i < again.Count; i++)
        {
            if (again[i].requires_grad && features[i].grad is { } gradient)
            {
                outputs.Add(again[i]);
                gradients.Add(gradient.narrow(0, start, count));
            }
        }

        if (outputs.Count > 0)
        {
            autograd.backward(outputs, gradients);
        }

        return count;
    }
}
