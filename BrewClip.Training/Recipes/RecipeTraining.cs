using BrewClip.Training.Losses;
using BrewClip.Training.Schedules;

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

    /// <summary>The learning rate of every step.</summary>
    public WarmupLinearDecay ToSchedule() => new() { PeakRate = PeakRate, FinalRate = FinalRate, WarmupSteps = WarmupSteps, TotalSteps = Steps };

    internal void Validate(string recipe)
    {
        if (BatchSize < 2 || !(WeightDecay >= 0) || !(ClipNorm > 0) || !(Alpha >= 0) || Seed < 0)
        {
            throw new InvalidDataException(
                $"The recipe '{recipe}' cannot be trained: batch_size {BatchSize} must be at least 2, weight_decay {WeightDecay}, alpha {Alpha} and seed {Seed} at least 0, clip_norm {ClipNorm} above 0.");
        }

        try
        {
            ToSchedule().Validate();
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"The recipe '{recipe}' cannot be trained: {error.Message}", error);
        }
    }
}
