namespace BrewClip.Training.Logging;

/// <summary>The beginning of a sitting.</summary>
/// <param name="Task">The task's name.</param>
/// <param name="Step">Steps done before: 0, or those of the checkpoint.</param>
/// <param name="Steps">Steps of the whole run.</param>
/// <param name="BatchesPerEpoch">Batches of one pass over the data.</param>
public sealed record TrainingStart(string Task, long Step, long Steps, int BatchesPerEpoch);
