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
