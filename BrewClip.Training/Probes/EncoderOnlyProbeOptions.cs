using BrewClip.Data.Ravdess;

namespace BrewClip.Training.Probes;

/// <summary>How <see cref="EncoderOnlyProbe"/> runs.</summary>
public sealed record EncoderOnlyProbeOptions
{
    /// <summary>Seeds 0, 1, 2, … of the probes' weights, order and dropout, at least 1. Default 5.</summary>
    public int Seeds { get; init; } = 5;

    /// <summary>
    /// Speaker-disjoint folds over all 24 actors for the linear probes, 2 to 12, beside the authors' one split; 0 for none. Default 6: four
    /// actors are tested at a time.
    /// </summary>
    public int Folds { get; init; } = 6;

    /// <summary>Whether the acoustic layer is trained through, which takes nearly all of the time. Default true.</summary>
    public bool TrainsAcousticLayer { get; init; } = true;

    /// <summary>How linear heads are trained.</summary>
    public ProbeTrainingOptions LinearTraining { get; init; } = ProbeTrainingOptions.Linear;

    /// <summary>How the acoustic layer with its head is trained.</summary>
    public ProbeTrainingOptions AcousticTraining { get; init; } = ProbeTrainingOptions.Acoustic;

    /// <summary>
    /// Width at which the acoustic layer works, and of its embedding. Default 768: CLIP ViT-L/14's text tower (paper, appendix A).
    /// </summary>
    public int AcousticWidth { get; init; } = 768;

    /// <summary>Inner width of the acoustic layer. Default 4096 (design, section 3).</summary>
    public int AcousticFeedForward { get; init; } = 4096;

    /// <summary>Attention heads of the acoustic layer. Default 8 (design, section 3).</summary>
    public int AcousticHeads { get; init; } = 8;

    /// <summary>Where encoder frames are kept between runs; null keeps none.</summary>
    public string? Cache { get; init; }

    internal IReadOnlyList<RavdessFold> SpeakerFolds() => Folds == 0 ? [] : RavdessFolds.Create(Folds);

    internal void Validate()
    {
        if (Seeds < 1 || (Folds != 0 && Folds is < 2 or > 12))
        {
            throw new ArgumentException($"{Seeds} seeds and {Folds} folds are asked for: at least 1 seed, and 0 or 2 to 12 folds.");
        }
    }
}
