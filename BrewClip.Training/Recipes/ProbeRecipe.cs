using BrewClip.Models.Brew;
using BrewClip.Training.Evaluation;
using BrewClip.Training.Probes;

namespace BrewClip.Training.Recipes;

/// <summary>What is trained on RAVDESS over a trained BrewCLIP.</summary>
public enum EmotionProbeKind
{
    /// <summary>A linear head over the frozen embedding.</summary>
    Linear,

    /// <summary>A linear head and, beneath it, the trained part of the model.</summary>
    FineTuned,
}

/// <summary>A trained BrewCLIP that is asked for emotions: the paper's Table 3.</summary>
public sealed record ProbeRecipe : Recipe
{
    /// <summary>The recipe whose trained model is probed.</summary>
    public required string TrainedBy { get; init; }

    /// <summary>The channels of that model; another model is refused.</summary>
    public required BrewClipVariant Variant { get; init; }

    /// <summary>What learns.</summary>
    public required EmotionProbeKind Probe { get; init; }

    /// <summary>How it learns.</summary>
    public required ProbeTrainingOptions Training { get; init; }

    /// <summary>Seeds 0, 1, 2, … of weights, order and dropout, at least 1. Default 5.</summary>
    public int Seeds { get; init; } = 5;

    /// <summary>The data set to probe on. RAVDESS is the one there is.</summary>
    public string TestOn { get; init; } = "ravdess";

    /// <summary>The setting's name in the paper's Table 3.</summary>
    internal string PaperSetting => Probe == EmotionProbeKind.Linear ? PaperFigures.LinearProbe : PaperFigures.FineTuned;

    private protected override string? Fault() => this switch
    {
        { TestOn: not "ravdess" } => $"test_on is '{TestOn}': emotions are probed on ravdess",
        { Seeds: < 1 } => $"seeds is {Seeds}: at least 1 is needed",
        { TrainedBy: "" } => "trained_by names no recipe",
        _ => null,
    };

    private protected override void ValidateParts()
    {
        try
        {
            Training.Validate();
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"The recipe '{Name}' describes no experiment: {error.Message}", error);
        }
    }
}
