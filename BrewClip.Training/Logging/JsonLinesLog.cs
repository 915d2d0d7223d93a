using System.Text.Json;
using System.Text.Json.Serialization;
using BrewClip.Core.Checkpoints;

namespace BrewClip.Training.Logging;

/// <summary>
/// One JSON object a line for every report, appended to a file. A resumed run first takes out what an earlier sitting wrote of steps that
/// are about to be done again.
/// </summary>
/// <remarks>Whoever makes it disposes it.</remarks>
public sealed class JsonLinesLog : ITrainingObserver, IDisposable
{
    // A measure may be no number, such as a word error rate without a reference; it is logged as such and ends no run.
    private static readonly JsonSerializerOptions _json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private readonly string _path;
    private StreamWriter? _writer;

    /// <summary>Makes a log; the file is opened when the run begins.</summary>
    /// <param name="path">The file; its folder is created where missing.</param>
    public JsonLinesLog(string path) => _path = path;

    /// <inheritdoc/>
    public void Started(TrainingStart start)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(_path))!);
        if (File.Exists(_path))
        {
            AtomicFile.WriteAllText(
                _path, string.Concat(File.ReadLines(_path).Where(line => StepOf(line) <= start.Step).Select(line => line + "\n")));
        }

        _writer = new StreamWriter(_path, append: true) { AutoFlush = true };
        Write(new
        {
            @event = "started",
            task = start.Task,
            step = start.Step,
            steps = start.Steps,
            batches_per_epoch = start.BatchesPerEpoch,
        });
    }

    /// <inheritdoc/>
    public void Stepped(StepReport report) => Write(new
    {
        @event = "step",
        step = report.Step,
        epoch = report.Epoch,
        terms = report.Terms,
        rate = report.Rate,
        gradient_norm = report.GradientNorm,
        examples = report.Examples,
        step_seconds = report.StepSeconds,
        waiting_seconds = report.WaitingSeconds,
        queue_occupancy = report.Occupancy,
        left_out = report.Skipped,
        elapsed_seconds = report.Elapsed.TotalSeconds,
    });

    /// <inheritdoc/>
    public void Evaluated(EvaluationReport report) => Write(new
    {
        @event = "evaluation",
        step = report.Step,
        results = report.Results,
        best = report.IsBest,
        elapsed_seconds = report.Elapsed.TotalSeconds,
    });

    /// <inheritdoc/>
    public void Finished(TrainingOutcome outcome) => Write(new
    {
        @event = "finished",
        step = outcome.Step,
        reason = outcome.Reason.ToString(),
        best = outcome.Best,
        best_step = outcome.BestStep,
        left_out = outcome.Skipped.Select(skipped => new { name = skipped.Name, reason = skipped.Reason }),
    });

    /// <summary>Closes the file.</summary>
    public void Dispose() => _writer?.Dispose();

    private void Write<T>(T line) => _writer!.WriteLine(JsonSerializer.Serialize(line, _json));

    // A line that a crash cut short is as if it had not been written.
    private static long StepOf(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.TryGetProperty("step", out var step) && step.TryGetInt64(out long value) ? value : long.MaxValue;
        }
        catch (JsonException)
        {
            return long.MaxValue;
        }
    }
}
