using BrewClip.Training.Evaluation;

namespace BrewClip.Training.Probes;

/// <summary>What a probe found, over all its seeds and folds.</summary>
public sealed record ProbeResult
{
    /// <summary>What was probed, and how.</summary>
    public required string Name { get; init; }

    /// <summary>The share of test recordings predicted right with each seed, 0 to 1.</summary>
    public required IReadOnlyList<double> Accuracies { get; init; }

    /// <summary>Their mean.</summary>
    public double Accuracy => Accuracies.Average();

    /// <summary>Their sample standard deviation: what the seed alone decides. 0 with one seed.</summary>
    public required double Deviation { get; init; }

    /// <summary>Where the mean accuracy would lie if other recordings of the same speakers had been tested.</summary>
    public required BootstrapInterval OverRecordings { get; init; }

    /// <summary>Where it would lie if other speakers had been tested; rough where there are few.</summary>
    public required BootstrapInterval OverSpeakers { get; init; }

    /// <summary>What was taken for what, counted over all seeds and folds.</summary>
    public required ConfusionMatrix Confusion { get; init; }
}
