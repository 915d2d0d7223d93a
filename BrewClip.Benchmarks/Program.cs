using BenchmarkDotNet.Running;
using BrewClip.Benchmarks.Comparison;
using BrewClip.Benchmarks.Gpu;
using BrewClip.Benchmarks.Ground;
using BrewClip.Benchmarks.Growth;
using BrewClip.Benchmarks.Plots;
using BrewClip.Benchmarks.Quick;
using BrewClip.Benchmarks.Training;
using BrewClip.Benchmarks.Whisper;

namespace BrewClip.Benchmarks;

internal static class Program
{
    private static int Main(string[] args)
    {
        try
        {
            return Run(args);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or IOException or InvalidDataException)
        {
            Console.Error.WriteLine(exception.Message);
            return 2;
        }
    }

    private static int Run(string[] args)
    {
        switch (args)
        {
            case ["ground"]:
                GroundReport.Run();
                return 0;
            case ["whisper", ..]:
                WhisperReport.Run(args.Length > 1 ? args[1] : "whisper-base");
                return 0;
            case ["training", ..]:
                TrainingStepReport.Run([.. args.Skip(1).Select(int.Parse)]);
                return 0;
            case ["compare", ..]:
                return ComparisonCommand.Run(args.AsSpan(1));
            case ["quick", ..]:
                QuickReport.Run(args[1..]);
                return 0;
            case ["growth", ..]:
                return GrowthCommand.Run(args.AsSpan(1));
            case ["plot", ..]:
                return PlotCommand.Run(args.AsSpan(1));
            case ["gpu", ..]:
                return GpuCommand.Run(args.AsSpan(1));
            default:
                BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
                return 0;
        }
    }
}
