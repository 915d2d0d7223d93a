using BrewClip.Data.Loading;

namespace BrewClip.Training.Logging;

/// <summary>The end of a sitting.</summary>
/// <param name="Reason">Why it ended.</param>
/// <param name="Step">Steps done.</param>
/// <param name="Best">The best value of the task's metric; null without an evaluation.</param>
/// <param name="BestStep">The step of that value.</param>
/// <param name="Skipped">The examples that could not be loaded.</param>
public sealed record TrainingOutcome(StopReason Reason, long Step, double? Best, long BestStep, IReadOnlyList<SkippedExample> Skipped);
