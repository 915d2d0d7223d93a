using BrewClip.Data.Loading;

namespace BrewClip.Training.Logging;

/// <summary>Is told how a run goes: logs, progress bars, callbacks. Called on the training thread; an exception ends the run.</summary>
public interface ITrainingObserver
{
    /// <summary>A run begins or is resumed.</summary>
    void Started(TrainingStart start)
    {
    }

    /// <summary>A step that is reported was done.</summary>
    void Stepped(StepReport report)
    {
    }

    /// <summary>An evaluation was done.</summary>
    void Evaluated(EvaluationReport report)
    {
    }

    /// <summary>The run ended, its checkpoint is written.</summary>
    void Finished(TrainingOutcome outcome)
    {
    }
}

/// <summary>The beginning of a sitting.</summary>
/// <param name="Task">The task's name.</param>
/// <param name="Step">Steps done before: 0, or those of the checkpoint.</param>
/// <param name="Steps">Steps of the whole run.</param>
/// <param name="BatchesPerEpoch">Batches of one pass over the data.</param>
public sealed record TrainingStart(string Task, long Step, long Steps, int BatchesPerEpoch);

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

/// <summary>One evaluation.</summary>
/// <param name="Step">After this step.</param>
/// <param name="Results">Every measure by name.</param>
/// <param name="IsBest">Whether the task's metric is the best so far; the model was saved then.</param>
/// <param name="Elapsed">Time of the run, over all sittings.</param>
public sealed record EvaluationReport(long Step, IReadOnlyDictionary<string, double> Results, bool IsBest, TimeSpan Elapsed);

/// <summary>Why a run ended.</summary>
public enum StopReason
{
    /// <summary>All steps are done.</summary>
    Finished,

    /// <summary>As many evaluations as patience allows brought nothing better.</summary>
    NoImprovement,

    /// <summary>Cancelled, and saved: the run can be resumed.</summary>
    Cancelled,
}

/// <summary>The end of a sitting.</summary>
/// <param name="Reason">Why it ended.</param>
/// <param name="Step">Steps done.</param>
/// <param name="Best">The best value of the task's metric; null without an evaluation.</param>
/// <param name="BestStep">The step of that value.</param>
/// <param name="Skipped">The examples that could not be loaded.</param>
public sealed record TrainingOutcome(StopReason Reason, long Step, double? Best, long BestStep, IReadOnlyList<SkippedExample> Skipped);
