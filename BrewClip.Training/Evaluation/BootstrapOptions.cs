namespace BrewClip.Training.Evaluation;

/// <summary>How <see cref="BootstrapInterval"/> resamples.</summary>
public sealed record BootstrapOptions
{
    /// <summary>The share of resamples within the interval, between 0 and 1. Default 0.95.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>Resamples, 1 to 1 000 000. Default <see cref="BootstrapInterval.DefaultResamples"/>.</summary>
    public int Resamples { get; init; } = BootstrapInterval.DefaultResamples;

    /// <summary>Decides every draw. Default 0.</summary>
    public ulong Seed { get; init; }

    internal void Validate()
    {
        if (Level is not (> 0 and < 1) || Resamples is < 1 or > 1_000_000)
        {
            throw new ArgumentException(
                $"A bootstrap at level {Level} with {Resamples} resamples is asked for: the level lies between 0 and 1, the resamples "
                + "between 1 and 1 000 000.");
        }
    }
}
