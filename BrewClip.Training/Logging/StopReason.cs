namespace BrewClip.Training.Logging;

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
