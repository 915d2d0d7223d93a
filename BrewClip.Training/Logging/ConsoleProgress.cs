using System.Globalization;

namespace BrewClip.Training.Logging;

/// <summary>A line of text for every report.</summary>
/// <param name="writer">Where to; the caller keeps it. Default: standard output.</param>
public sealed class ConsoleProgress(TextWriter? writer = null) : ITrainingObserver
{
    private const int SkippedShown = 20;

    private readonly TextWriter _writer = writer ?? Console.Out;

    /// <inheritdoc/>
    public void Started(TrainingStart start) =>
        _writer.WriteLine($"{start.Task}: steps {start.Step + 1} to {start.Steps}, {start.BatchesPerEpoch} batches an epoch");

    /// <inheritdoc/>
    public void Stepped(StepReport report)
    {
        var remaining = report.Elapsed * ((report.Steps - report.Step) / (double)report.Step);
        _writer.WriteLine(
            $"step {report.Step}/{report.Steps}  {Terms(report.Terms)}  rate {Number(report.Rate)}  norm {Number(report.GradientNorm)}  "
            + $"{Number(report.Examples / report.StepSeconds)} examples/s  waiting "
            + $"{Number(report.WaitingSeconds / report.StepSeconds * 100)} %  queue {Number(report.Occupancy * 100)} %  "
            + $"elapsed {Clock(report.Elapsed)}, remaining {Clock(remaining)}"
            + (report.Skipped > 0 ? $"  left out {report.Skipped}" : ""));
    }

    /// <inheritdoc/>
    public void Evaluated(EvaluationReport report) =>
        _writer.WriteLine($"evaluation at step {report.Step}: {Terms(report.Results)}{(report.IsBest ? "  (best so far)" : "")}");

    /// <inheritdoc/>
    public void Finished(TrainingOutcome outcome)
    {
        _writer.WriteLine(
            $"ended at step {outcome.Step} ({outcome.Reason}), best {(outcome.Best is double best ? Number(best) : "none")} at step "
            + $"{outcome.BestStep}");
        foreach (var skipped in outcome.Skipped.Take(SkippedShown))
        {
            _writer.WriteLine($"left out '{skipped.Name}': {skipped.Reason}");
        }

        if (outcome.Skipped.Count > SkippedShown)
        {
            _writer.WriteLine($"left out: {outcome.Skipped.Count - SkippedShown} more");
        }
    }

    private static string Terms(IReadOnlyDictionary<string, double> terms) =>
        string.Join("  ", terms.Select(term => $"{term.Key} {Number(term.Value)}"));

    // Hours in all: the paper's runs take days.
    private static string Clock(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours:00}:{time.Minutes:00}:{time.Seconds:00}");

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
