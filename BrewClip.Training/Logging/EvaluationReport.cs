namespace BrewClip.Training.Logging;

/// <summary>One evaluation.</summary>
/// <param name="Step">After this step.</param>
/// <param name="Results">Every measure by name.</param>
/// <param name="IsBest">Whether the task's metric is the best so far; the model was saved then.</param>
/// <param name="Elapsed">Time of the run, over all sittings.</param>
public sealed record EvaluationReport(long Step, IReadOnlyDictionary<string, double> Results, bool IsBest, TimeSpan Elapsed);
