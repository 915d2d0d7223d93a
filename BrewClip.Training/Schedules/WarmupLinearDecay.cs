namespace BrewClip.Training.Schedules;

/// <summary>
/// A learning rate that climbs linearly to its peak and then falls linearly to its final value: the schedule of SpeechCLIP, which
/// the paper follows (appendix A).
/// </summary>
public sealed record WarmupLinearDecay
{
    /// <summary>The highest rate, reached at the last step of the warm-up. Default 1e-4.</summary>
    public double PeakRate { get; init; } = 1e-4;

    /// <summary>The rate at <see cref="TotalSteps"/> and after. Default 1e-8.</summary>
    public double FinalRate { get; init; } = 1e-8;

    /// <summary>Steps of the climb; 0 starts at the peak. Default 5 000.</summary>
    public int WarmupSteps { get; init; } = 5_000;

    /// <summary>The step after which the rate stays at <see cref="FinalRate"/>. Default 100 000.</summary>
    public int TotalSteps { get; init; } = 100_000;

    /// <summary>The rate for a step, counted from 0. Steps past the end keep the final rate.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="step"/> is negative.</exception>
    public double RateAt(long step) => PeakRate * FactorAt(step);

    /// <summary>The rate of a step divided by <see cref="PeakRate"/>: what a <c>LambdaLR</c> multiplies with.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="step"/> is negative.</exception>
    public double FactorAt(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        if (step < WarmupSteps)
        {
            return (step + 1.0) / WarmupSteps;
        }

        double fall = TotalSteps - WarmupSteps;
        double done = fall <= 0 ? 1 : Math.Min(1, (step + 1 - WarmupSteps) / fall);
        return 1 - (1 - FinalRate / PeakRate) * done;
    }

    /// <summary>Checks that the numbers describe a schedule.</summary>
    /// <exception cref="ArgumentException">One of them does not; the message names it.</exception>
    public void Validate()
    {
        if (!(PeakRate > 0) || !double.IsFinite(PeakRate))
        {
            throw new ArgumentException($"The peak rate is {PeakRate}: it must be a positive number.");
        }

        if (!(FinalRate >= 0) || FinalRate > PeakRate)
        {
            throw new ArgumentException($"The final rate is {FinalRate}: it must lie between 0 and the peak rate of {PeakRate}.");
        }

        if (WarmupSteps < 0 || TotalSteps < 1 || WarmupSteps > TotalSteps)
        {
            throw new ArgumentException(
                $"A warm-up of {WarmupSteps} steps does not fit a schedule of {TotalSteps}: it must be between 0 and the total, and the "
                + "total at least 1.");
        }
    }
}
