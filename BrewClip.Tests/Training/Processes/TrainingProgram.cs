using System.Globalization;
using BrewClip.Data.Loading;
using BrewClip.Training;
using BrewClip.Training.Logging;
using BrewClip.Training.Schedules;

namespace BrewClip.Tests.Training.Processes;

/// <summary>
/// This assembly started as a program: a small run in a process of its own, so that tests can kill it and starve it of disk.
/// </summary>
internal static class TrainingProgram
{
    public const int Failed = 3;

    /// <param name="arguments">
    /// The run's folder, its steps, the steps between checkpoints, and the pause before each step in milliseconds.
    /// </param>
    public static int Main(string[] arguments)
    {
        int[] numbers = [.. arguments.Skip(1).Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        int pause = numbers[2];
        using var task = new QuadraticTask { BeforeBackward = _ => Thread.Sleep(pause) };
        using var loader = new BatchLoader<float[]>(new VectorSource(), new BatchLoaderOptions { BatchSize = 4, Seed = 3 });
        using var log = new JsonLinesLog(Path.Combine(arguments[0], "train.jsonl"));
        var options = new TrainerOptions
        {
            Folder = arguments[0],
            Steps = numbers[0],
            Schedule = new WarmupLinearDecay { PeakRate = 1e-2, WarmupSteps = 5, TotalSteps = numbers[0] },
            EvaluateEvery = 10,
            CheckpointEvery = numbers[1],
            ReportEvery = 1,
        };
        try
        {
            new Trainer<float[]>(task, loader, options, log, new StepsOnConsole()).Run();
            return 0;
        }
        catch (IOException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return Failed;
        }
    }

    private sealed class StepsOnConsole : ITrainingObserver
    {
        public void Stepped(StepReport report) => Console.WriteLine(report.Step);
    }
}
