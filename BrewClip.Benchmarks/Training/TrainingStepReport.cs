using System.Diagnostics;
using System.Globalization;
using BrewClip.Benchmarks.Ground;
using BrewClip.Data.Loading;
using BrewClip.Training;
using BrewClip.Training.Logging;
using BrewClip.Training.Schedules;
using BrewClip.Training.Tasks;
using static TorchSharp.torch;

namespace BrewClip.Benchmarks.Training;

/// <summary>
/// <see cref="TrainingStep"/> beside Peers/training_step.py, in turn; then the same steps by the trainer with its loader, and how long it waits.
/// </summary>
internal static class TrainingStepReport
{
    /// <param name="batch">Utterances of a step.</param>
    /// <param name="rounds">Steps of each.</param>
    public static void Run(int batch, int rounds)
    {
        string folder = Directory.CreateTempSubdirectory("brewclip-training-").FullName;
        try
        {
            using var step = new TrainingStep(folder, batch);
            Console.WriteLine($"batch {batch}, {get_num_threads()} threads; {rounds} steps of each in turn: median (quartiles)");
            Compare(step, batch, rounds);
            Train(step, folder, batch, rounds);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Compare(TrainingStep step, int batch, int rounds)
    {
        using var asInstalled = TrainingStepPeer.Start(batch, null);
        using var withProducts = TrainingStepPeer.Start(batch, BlasLibrary.BrewClipFile);
        var ours = new List<double>();
        var theirs = new List<double>();
        var preloaded = new List<double>();
        step.Run();
        for (int round = 0; round < rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            step.Run();
            ours.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            theirs.AddRange(asInstalled.Run());
            preloaded.AddRange(withProducts.Run());
        }

        Console.WriteLine($"BrewClip: {Line(ours)}");
        Print($"peer as installed ({asInstalled.About})", theirs, ours);
        Print($"peer with BrewClip's sgemm_ ({withProducts.About})", preloaded, ours);
    }

    private static void Print(string name, List<double> theirs, List<double> ours)
    {
        string ratios = theirs.Count == 0 ? "" : $"; ours / peer, step by step: {Ratios(ours, theirs)}";
        Console.WriteLine($"{name}: {(theirs.Count == 0 ? "not measured" : Line(theirs))}{ratios}");
    }

    private static void Train(TrainingStep step, string folder, int batch, int rounds)
    {
        using var loader = new BatchLoader<SpeechImageExample>(step.Source, new BatchLoaderOptions { BatchSize = batch });
        var options = new TrainerOptions
        {
            Folder = Path.Combine(folder, "run"),
            Steps = rounds + 1,
            Schedule = new WarmupLinearDecay { WarmupSteps = 1, TotalSteps = rounds + 1 },
            Optimizer = TrainingStep.Optimizer,
            ReportEvery = 1,
            CheckpointEvery = 0,
            EvaluateEvery = 0,
        };
        var steps = new Steps();
        new Trainer<SpeechImageExample>(step.Task, loader, options, steps).Run();
        var warm = steps.Reports.Skip(1).ToList();
        Console.WriteLine(
            $"trainer with loader: {Line(warm.Select(report => 1000 * report.StepSeconds))}, of which waiting {Line(warm.Select(report => 1000 * report.WaitingSeconds))}; "
            + $"batches ready when asked for: {100 * steps.Reports[^1].Occupancy:F0} %");
    }

    private static string Ratios(List<double> ours, List<double> theirs)
    {
        var (low, median, high) = Quartiles(ours.Zip(theirs, (our, their) => our / their));
        return string.Create(CultureInfo.InvariantCulture, $"{median:F3} ({low:F3} to {high:F3})");
    }

    private static string Line(IEnumerable<double> milliseconds)
    {
        var (low, median, high) = Quartiles(milliseconds);
        return string.Create(CultureInfo.InvariantCulture, $"{median:F1} ms ({low:F1} to {high:F1})");
    }

    private static (double Low, double Median, double High) Quartiles(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (At(0.25), At(0.5), At(0.75));

        double At(double share) => sorted[(int)Math.Round(share * (sorted.Length - 1))];
    }

    private sealed class Steps : ITrainingObserver
    {
        public List<StepReport> Reports { get; } = [];

        public void Stepped(StepReport report) => Reports.Add(report);
    }
}
