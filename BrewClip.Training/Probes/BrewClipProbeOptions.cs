namespace BrewClip.Training.Probes;

/// <summary>How <see cref="BrewClipProbe"/> runs.</summary>
public sealed record BrewClipProbeOptions
{
    /// <summary>Seeds 0, 1, 2, … of the probes' weights, order and dropout, at least 1. Default 5.</summary>
    public int Seeds { get; init; } = 5;

    /// <summary>
    /// Speaker-disjoint folds over all 24 actors for the linear probe, 2 to 12, beside the authors' one split; 0 for none. Default 6.
    /// </summary>
    public int Folds { get; init; } = 6;

    /// <summary>How the linear head over the frozen embedding is trained; null leaves it out.</summary>
    public ProbeTrainingOptions? Linear { get; init; } = ProbeTrainingOptions.Linear;

    /// <summary>How the model with its head is trained through; null leaves it out.</summary>
    public ProbeTrainingOptions? FineTuned { get; init; } = ProbeTrainingOptions.Acoustic;

    /// <summary>Where frames are kept between runs; null keeps them for this run alone.</summary>
    public string? Cache { get; init; }

    internal void Validate()
    {
        if (Seeds < 1 || (Folds != 0 && Folds is < 2 or > 12) || (Linear is null && FineTuned is null))
        {
            throw new ArgumentException(
                $"{Seeds} seeds, {Folds} folds and {(Linear is null && FineTuned is null ? "no probe" : "some probe")} are asked for: "
                + "at least 1 seed, 0 or 2 to 12 folds, and a linear or a fine-tuned probe.");
        }

        Linear?.Validate();
        FineTuned?.Validate();
    }
}
