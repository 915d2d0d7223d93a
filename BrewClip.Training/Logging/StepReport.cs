namespace BrewClip.Training.Logging;

/// <summary>One step.</summary>
public sealed record StepReport
{
    /// <summary>Its number, from 1.</summary>
    public required long Step { get; init; }

    /// <summary>Steps of the whole run.</summary>
    public required long Steps { get; init; }

    /// <summary>Passes over the data that are done.</summary>
    public required int Epoch { get; init; }

    /// <summary>The learning rate.</summary>
    public required double Rate { get; init; }

    /// <summary>The norm of all gradients before clipping.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>The terms of the loss.</summary>
    public required IReadOnlyDictionary<string, double> Terms { get; init; }

    /// <summary>Examples in the step.</summary>
    public required int Examples { get; init; }

    /// <summary>Seconds of this step, waiting included.</summary>
    public required double StepSeconds { get; init; }

    /// <summary>Seconds that it waited for its examples.</summary>
    public required double WaitingSeconds { get; init; }

    /// <summary>The share of batches so far that were ready when they were asked for.</summary>
    public required double Occupancy { get; init; }

    /// <summary>How often an example was left out because it could not be loaded.</summary>
    public required long Skipped { get; init; }

    /// <summary>Time of the run, over all sittings.</summary>
    public required TimeSpan Elapsed { get; init; }
}
