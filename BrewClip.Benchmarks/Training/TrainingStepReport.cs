using System.Globalization;
using BrewClip.Data.Loading;
using BrewClip.Training;
using BrewClip.Training.Logging;
using BrewClip.Training.Schedules;
using BrewClip.Training.Tasks;
using static TorchSharp.torch;

namespace BrewClip.Benchmarks.Training;

/// <summary>
/// Steps by the trainer with its loader, and how long it waits; <c>-- compare training-step</c> times the step beside its peer.
/// </summary>
internal static class TrainingStepReport
{
    /// <param name="numbers">Utterances of a step (64), then how many steps (12).</param>
    /// <exception cref="ArgumentException">One is no number, or out of range.</exception>
    public static void Run(ReadOnlySpan<string> numbers)
    {
        int batch = numbers.Length > 0 ? CommandArguments.Number("The batch", numbers[0], TrainingStep.Examples) : 64;
        int steps = numbers.Length > 1 ? CommandArguments.Number("The number of steps", numbers[1], 100_000) : 12;
        using var folder = new ScratchFolder();
        using var step = new TrainingStep(folder.Path, batch);
        Console.WriteLine($"batch {batch}, {get_num_threads()} threads, {steps} steps: median (quartiles)");
        Train(step, folder.Path, batch, steps);
    }

    private static void Train(TrainingStep step, string folder, int batch, int count)
    {
        using var loader = new BatchLoader<SpeechImageExample>(step.Source, new BatchLoaderOptions { BatchSize = batch });
        var options = new TrainerOptions
        {
            Folder = Path.Combine(folder, "run"),
            Steps = count + 1,
            Schedule = new WarmupLinearDecay { WarmupSteps = 1, TotalSteps = count + 1 },
            Optimizer = TrainingStep.Optimizer,
            ReportEvery = 1,
            CheckpointEvery = 0,
            EvaluateEvery = 0,
        };
        var steps = new Steps();
        new Trainer<SpeechImageExample>(step.Task, loader, options, steps).Run();
        var warm = steps.Reports.Skip(1).ToList();
        Console.WriteLine(
            $"trainer with loader: {Line(warm.Select(report => 1000 * report.StepSeconds))}, "
            + $"of which waiting {Line(warm.Select(report => 1000 * report.WaitingSeconds))}; "
            + $"batches ready when asked for: {100 * steps.Reports[^1].Occupancy:F0} %");
    }

    private static string Line(IEnumerable<double> milliseconds)
    {
        double[] sorted = [.. milliseconds.Order()];
        return string.Create(CultureInfo.InvariantCulture, $"{At(0.5):F1} ms ({At(0.25):F1} to {At(0.75):F1})");

        double At(double share) => sorted[(int)Math.Round(share * (sorted.Length - 1))];
    }

    private sealed class Steps : ITrainingObserver
    {
        public List<StepReport> Reports { get; } = [];

        public void Stepped(StepReport report) => Reports.Add(report);
    }
}
