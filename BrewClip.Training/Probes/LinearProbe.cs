using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace BrewClip.Training.Probes;

/// <summary>
/// One linear layer over vectors of a frozen model (paper, Table 3: "linear probe"). The vectors are standardised with the mean and
/// deviation of the examples that are trained on, so that one learning rate suits every kind of vector.
/// </summary>
public sealed class LinearProbe : ProbeModel
{
    private readonly float[][] _vectors;

    [ComponentName(Name = "head")]
    private readonly Linear _head;

    /// <summary>Makes a head with fresh weights, initialised as PyTorch does.</summary>
    /// <param name="vectors">One vector for each example, all of one length.</param>
    /// <param name="training">Positions of the examples that the standardisation is taken from.</param>
    /// <param name="classes">The number of classes.</param>
    /// <exception cref="ArgumentException">There is nothing to train on, or the vectors differ in length.</exception>
    public LinearProbe(IReadOnlyList<float[]> vectors, IReadOnlyList<int> training, int classes)
        : base(nameof(LinearProbe))
    {
        if (training.Count == 0 || vectors.Any(vector => vector.Length != vectors[0].Length))
        {
            throw new ArgumentException(
                $"{training.Count} examples are to be trained on, with vectors of the same length: at least one is needed.",
                nameof(vectors));
        }

        _vectors = Standardise(vectors, training);
        _head = nn.Linear(vectors[0].Length, classes);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor Logits(IReadOnlyList<int> examples)
    {
        using var scope = NewDisposeScope();
        float[] rows = [.. examples.SelectMany(example => _vectors[example])];
        return _head.call(tensor(rows, [examples.Count, _vectors[0].Length])).MoveToOuterDisposeScope();
    }

    private static float[][] Standardise(IReadOnlyList<float[]> vectors, IReadOnlyList<int> training)
    {
        int width = vectors[0].Length;
        float[] rows = [.. training.SelectMany(example => vectors[example])];
        float[] moments = FramePooling.MeanAndDeviation.Pool(rows, training.Count, width);
        return [.. vectors.Select(vector => Enumerable.Range(0, width)
            .Select(i => (vector[i] - moments[i]) / MathF.Max(moments[width + i], 1e-6f)).ToArray())];
    }
}
