using BrewClip.Data.Loading;
using BrewClip.Training.Losses;
using BrewClip.Training.Schedules;
using BrewClip.Training.Tasks;

namespace BrewClip.Training.Recipes;

/// <summary>The training of a recipe. Defaults are the paper's (appendix A; design, section 3).</summary>
public sealed record RecipeTraining
{
    /// <summary>Pairs in a batch.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Steps of the whole run.</summary>
    public int Steps { get; init; } = 100_000;

    /// <summary>Steps of the climb.</summary>
    public int WarmupSteps { get; init; } = 5_000;

    /// <summary>The highest learning rate.</summary>
    public double PeakRate { get; init; } = 1e-4;

    /// <summary>The last learning rate.</summary>
    public double FinalRate { get; init; } = 1e-8;

    /// <summary>Adam's weight decay.</summary>
    public double WeightDecay { get; init; } = 1e-6;

    /// <summary>The largest norm of the gradients.</summary>
    public double ClipNorm { get; init; } = 4;

    /// <summary>α, the weight of the inner loss.</summary>
    public double Alpha { get; init; } = 0.1;

    /// <summary>What pairs of one image within a batch mean.</summary>
    public DuplicatePolicy Duplicates { get; init; } = DuplicatePolicy.Masked;

    /// <summary>Whether the temperatures learn.</summary>
    public bool TemperatureLearnable { get; init; }

    /// <summary>Decides weights, order and dropout.</summary>
    public int Seed { get; init; }

    /// <summary>Where weight decay enters.</summary>
    public AdamKind Optimizer { get; init; } = AdamKind.Adam;

    /// <summary>Adam's decay of the gradient's mean square.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Whether weight decay passes over biases, norms and scales.</summary>
    public bool DecayMatricesOnly { get; init; }

    /// <summary>Batches that make one step, as one large batch would.</summary>
    public int AccumulatedBatches { get; init; } = 1;

    /// <summary>Whether a batch holds one clip of an image at most.</summary>
    public bool DistinctImages { get; init; }

    /// <summary>So many batches' worth of examples are sorted before they are cut into batches: by length, or by <see cref="TwinsTogether"/>; 0 for none.</summary>
    public int BucketBatches { get; init; }

    /// <summary>Little World: batches bring images together that differ in mood alone.</summary>
    public bool TwinsTogether { get; init; }

    /// <summary>How many captions of each image are trained on, the first; null for all.</summary>
    public int? CaptionsPerImage { get; init; }

    /// <summary>How many captions of each image are evaluated on; null for all.</summary>
    public int? HeldOutCaptionsPerImage { get; init; }

    /// <summary>How many held-out utterances an evaluation reads at most, the first; null for all.</summary>
    public int? HeldOutUtterances { get; init; }

    /// <summary>Steps between evaluations on the development split, which decide the best model; 0 for none but the last.</summary>
    public int EvaluateEvery { get; init; } = 1_000;

    /// <summary>Steps between checkpoints.</summary>
    public int CheckpointEvery { get; init; } = 500;

    /// <summary>Steps between lines of the log.</summary>
    public int ReportEvery { get; init; } = 50;

    /// <summary>Evaluations without a better one after which training ends; null trains on.</summary>
    public int? Patience { get; init; }

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
    public BatchLoaderOptions ToLoaderOptions() => new()
    {
        BatchSize = BatchSize,
        Seed = (ulong)Seed,
        DistinctGroups = DistinctImages,
        BucketBatches = BucketBatches,
    };

    /// <summary>The loss.</summary>
    public BrewClipTrainingOptions ToTaskOptions() => new() { Duplicates = Duplicates, Alpha = Alpha };

    /// <summary>The learning rate of every step.</summary>
    public WarmupLinearDecay ToSchedule() => new() { PeakRate = PeakRate, FinalRate = FinalRate, WarmupSteps = WarmupSteps, TotalSteps = Steps };

    internal void Validate(string recipe)
    {
        string? wrong = this switch
        {
            { BatchSize: < 2 } => $"batch_size {BatchSize} must be at least 2",
            { WeightDecay: not >= 0 } => $"weight_decay {WeightDecay} must be at least 0",
            { ClipNorm: not > 0 } => $"clip_norm {ClipNorm} must be above 0",
            { Alpha: not >= 0 } => $"alpha {Alpha} must be at least 0",
            { Seed: < 0 } => $"seed {Seed} must be at least 0",
            { CaptionsPerImage: < 1 } or { HeldOutCaptionsPerImage: < 1 } or { HeldOutUtterances: < 1 } =>
                "captions_per_image, held_out_captions_per_image and held_out_utterances must be at least 1, or null for all",
            _ => null,
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
