namespace BrewClip.Training.Probes;

/// <summary>How a <see cref="ProbeModel"/> is trained.</summary>
public sealed record ProbeTrainingOptions
{
    /// <summary>A linear head: 60 passes at 1e-3.</summary>
    public static ProbeTrainingOptions Linear { get; } = new() { Epochs = 60, LearningRate = 1e-3 };

    /// <summary>An acoustic layer with its head: 12 passes at the paper's 1e-4.</summary>
    public static ProbeTrainingOptions Acoustic { get; } = new() { Epochs = 12, LearningRate = 1e-4 };

    /// <summary>Passes over the training examples.</summary>
    public required int Epochs { get; init; }

    /// <summary>Adam's highest rate, reached after a tenth of the steps; it then falls linearly to nothing.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Examples of a step. Default 32 (paper, appendix A).</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Adam's weight decay. Default 1e-6 (paper, appendix A).</summary>
    public double WeightDecay { get; init; } = 1e-6;

    /// <summary>The largest norm of a step's gradients. Default 4 (the authors' code).</summary>
    public double ClipNorm { get; init; } = 4;

    internal void Validate()
    {
        if (Epochs < 1 || BatchSize < 1 || !(LearningRate > 0) || !(WeightDecay >= 0) || !(ClipNorm > 0))
        {
            throw new ArgumentException(
                $"A probe is to be trained for {Epochs} epochs in batches of {BatchSize} at rate {LearningRate} with decay {WeightDecay} "
                + $"and gradients up to {ClipNorm}: "
                + "all but the decay must be above 0.");
        }
    }
}
