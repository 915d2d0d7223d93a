using static TorchSharp.torch;

namespace BrewClip.Training.Probes;

/// <summary>A classifier over a fixed set of examples, which it holds itself and knows by their positions.</summary>
public abstract class ProbeModel(string name) : nn.Module(name)
{
    /// <summary>Scores of every class, not normalised.</summary>
    /// <param name="examples">Positions of examples.</param>
    /// <returns>[examples, classes], part of the graph. The caller disposes it.</returns>
    public abstract Tensor Logits(IReadOnlyList<int> examples);
}
