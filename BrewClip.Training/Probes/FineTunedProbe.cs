using BrewClip.Models.Brew;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace BrewClip.Training.Probes;

/// <summary>
/// A trained BrewCLIP with a linear head over its normalised embedding, the trained part trained on with it (paper, Table 3: "fine-tuned").
/// </summary>
public sealed class FineTunedProbe : ProbeModel
{
    private readonly Func<BrewClipNetwork, IReadOnlyList<int>, Tensor> _embed;

    [ComponentName(Name = "network")]
    private readonly BrewClipNetwork _network;

    [ComponentName(Name = "head")]
    private readonly Linear _head;

    /// <summary>Makes a head with fresh weights.</summary>
    /// <param name="network">The model, which changes; owned by this module from now on.</param>
    /// <param name="embed">From positions of examples to embeddings [N, width] in the model's graph.</param>
    /// <param name="width">The embedding's width.</param>
    /// <param name="classes">The number of classes.</param>
    public FineTunedProbe(BrewClipNetwork network, Func<BrewClipNetwork, IReadOnlyList<int>, Tensor> embed, int width, int classes)
        : base(nameof(FineTunedProbe))
    {
        (_network, _embed) = (network, embed);
        _head = nn.Linear(width, classes);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor Logits(IReadOnlyList<int> examples)
    {
        using var scope = NewDisposeScope();
        var embedded = _embed(_network, examples);
        return _head.call(F.normalize(embedded, dim: -1).cpu()).MoveToOuterDisposeScope();
    }
}
