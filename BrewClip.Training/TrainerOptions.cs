using BrewClip.Training.Schedules;

namespace BrewClip.Training;

/// <summary>How long, how often and where to a <see cref="Trainer{TExample}"/> trains.</summary>
public sealed record TrainerOptions
{
    /// <summary>The run's folder, created where missing: <c>last.safetensors</c> to resume from, <c>best/</c> the best model.</summary>
    public required string Folder { get; init; }

    /// <summary>Steps of the whole run, at least 1. Default 100 000 (paper, appendix A).</summary>
    public long Steps { get; init; } = 100_000;

    /// <summary>The learning rate of every step.</summary>
    public WarmupLinearDecay Schedule { get; init; } = new();

    /// <summary>The optimizer.</summary>
    public AdamOptions Optimizer { get; init; } = new();

    /// <summary>Batches whose gradients make one step, as one large batch would. Default 1.</summary>
    public int AccumulatedBatches { get; init; } = 1;

    /// <summary>
    /// The largest norm of all gradients together; longer ones are scaled to it. Null leaves them. Default 4 (the authors' code).
    /// </summary>
    public double? ClipNorm { get; init; } = 4;

    /// <summary>Steps between evaluations; 0 for none but the last. Default 1 000.</summary>
    public long EvaluateEvery { get; init; } = 1_000;

    /// <summary>Steps between checkpoints; 0 for none but at the end or on cancellation. Default 500.</summary>
    public long CheckpointEvery { get; init; } = 500;

    /// <summary>Steps between reports. Default 50.</summary>
    public long ReportEvery { get; init; } = 50;

    /// <summary>Evaluations without a better one after which training ends; null trains on. Default null.</summary>
    public int? Patience { get; init; }

    /// <summary>Go on from the folder's checkpoint where there is one. Default true.</summary>
    public bool Resume { get; init; } = true;

    /// <summary>What dropout's random numbers start from.</summary>
    public long Seed { get; init; }

    /// <summary>Checks the numbers.</summary>
    /// <exception cref="ArgumentException">One is out of its range.</exception>
    public void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Folder);
        ArgumentOutOfRangeException.ThrowIfLessThan(Steps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(AccumulatedBatches, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(EvaluateEvery);
        ArgumentOutOfRangeException.ThrowIfNegative(CheckpointEvery);
        ArgumentOutOfRangeException.ThrowIfLessThan(ReportEvery, 1);
        if (ClipNorm is not (null or > 0) || Patience is not (null or > 0))
        {
            throw new ArgumentException($"The clipping norm is {ClipNorm} and the patience {Patience}: either is above 0, or null.");
        }

        Schedule.Validate();
        Optimizer.Validate();
    }
}
