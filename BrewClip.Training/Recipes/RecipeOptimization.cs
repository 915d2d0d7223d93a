using BrewClip.Data.Loading;
using BrewClip.Training.Schedules;

namespace BrewClip.Training.Recipes;

/// <summary>Length, rate and optimizer of a recipe's training. Defaults are the paper's (appendix A; design, section 3).</summary>
public abstract record RecipeOptimization
{
    /// <summary>Examples in a batch.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Steps of the whole run.</summary>
    public int Steps { get; init; } = 100_000;

    /// <summary>Steps of the climb.</summary>
    public int WarmupSteps { get; init; } = 5_000;

    /// <summary>The highest learning rate.</summary>
    public double PeakRate { get; init; } = 1e-4;

    /// <summary>The last learning rate.</summary>
    public double FinalRate { get; init; } = 1e-8;

    /// <summary>Where weight decay enters.</summary>
    public AdamKind Optimizer { get; init; } = AdamKind.Adam;

    /// <summary>Adam's decay of the gradient's mean square.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Adam's weight decay.</summary>
    public double WeightDecay { get; init; } = 1e-6;

    /// <summary>Whether weight decay passes over biases, norms and scales.</summary>
    public bool DecayMatricesOnly { get; init; }

    /// <summary>The largest norm of the gradients.</summary>
    public double ClipNorm { get; init; } = 4;

    /// <summary>Batches that make one step, as one large batch would.</summary>
    public int AccumulatedBatches { get; init; } = 1;

    /// <summary>
    /// So many batches' worth of examples are sorted before they are cut into batches, by length unless something else is said; 0 for none.
    /// </summary>
    public int BucketBatches { get; init; }

    /// <summary>Steps between evaluations on the development split, which decide the best model; 0 for none but the last.</summary>
    public int EvaluateEvery { get; init; } = 1_000;

    /// <summary>Steps between checkpoints.</summary>
    public int CheckpointEvery { get; init; } = 500;

    /// <summary>Steps between lines of the log.</summary>
    public int ReportEvery { get; init; } = 50;

    /// <summary>Evaluations without a better one after which training ends; null trains on.</summary>
    public int? Patience { get; init; }

    /// <summary>Decides weights, order and dropout.</summary>
    public int Seed { get; init; }

    /// <summary>The run's length, optimizer and folder as <see cref="Trainer{TExample}"/> takes them.</summary>
    public TrainerOptions ToTrainerOptions(string folder, bool resume) => new()
    {
        Folder = folder,
        Steps = Steps,
        Schedule = ToSchedule(),
        Optimizer = new AdamOptions { Kind = Optimizer, Beta2 = Beta2, WeightDecay = WeightDecay, DecayMatricesOnly = DecayMatricesOnly },
        AccumulatedBatches = AccumulatedBatches,
        ClipNorm = ClipNorm,
        EvaluateEvery = EvaluateEvery,
        CheckpointEvery = CheckpointEvery,
        ReportEvery = ReportEvery,
        Patience = Patience,
        Resume = resume,
        Seed = Seed,
    };

    /// <summary>How batches are made of examples.</summary>
    public virtual BatchLoaderOptions ToLoaderOptions() =>
        new() { BatchSize = BatchSize, Seed = (ulong)Seed, BucketBatches = BucketBatches };

    /// <summary>The learning rate of every step.</summary>
    public WarmupLinearDecay ToSchedule() =>
        new() { PeakRate = PeakRate, FinalRate = FinalRate, WarmupSteps = WarmupSteps, TotalSteps = Steps };

    /// <summary>What this kind of training has wrong beside what all have, as the end of a sentence; null for nothing.</summary>
    private protected abstract string? Fault();

    internal void Validate(string recipe)
    {
        string? wrong = this switch
        {
            { BatchSize: < 2 } => $"batch_size {BatchSize} must be at least 2",
            { WeightDecay: not (>= 0 and < double.PositiveInfinity) } => $"weight_decay {WeightDecay} must be a number of at least 0",
            { ClipNorm: not > 0 } => $"clip_norm {ClipNorm} must be above 0",
            { Seed: < 0 } => $"seed {Seed} must be at least 0",
            _ => Fault(),
        };
        try
        {
            ToTrainerOptions("run", resume: false).Validate();
            ToLoaderOptions().Validate();
        }
        catch (ArgumentException error)
        {
            wrong ??= error.Message;
        }

        if (wrong is not null)
        {
            throw new InvalidDataException($"The recipe '{recipe}' cannot be trained: {wrong.TrimEnd('.')}.");
        }
    }
}
