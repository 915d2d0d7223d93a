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
    private const string Usage = """
        BrewClip.Benchmarks: every path beside its peer and beside what the machine gives
          compare [NAME…] [--quick] [--out FOLDER] …   BrewClip beside what people use today; `compare list` names the contests
          quick [NAME…]                                every path once, in under five minutes
          growth [--quick] [--out FOLDER]              costs by batch, length and size
          plot RESULTS.json --out FOLDER               what compare and growth wrote, as PNG
          ground                                       a call, products, attention
          whisper [PRESET]                             encoder and steps of one size, whisper-base by default
          training [BATCH] [STEPS]                     steps by the trainer with its loader, 64 and 12 by default
          gpu [NAME…] | gpu list | gpu parity          kernels on a CUDA device
          --filter PATTERN [--inProcess] …             BenchmarkDotNet's classes, with its own options
        """;

    /// <summary>2 where an argument or a file is wrong, which a sentence says; else the command's own.</summary>
    internal static int Main(string[] args)
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
            case []:
                Console.WriteLine(Usage);
                return 0;
            case ["ground"]:
                GroundReport.Run();
                return 0;
            case ["whisper"]:
                WhisperReport.Run("whisper-base");
                return 0;
            case ["whisper", var preset]:
                WhisperReport.Run(preset);
                return 0;
            case ["training", .. { Length: <= 2 } numbers]:
                TrainingStepReport.Run(numbers);
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
            case [['-', ..], ..]:
                BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
                return 0;
            default:
                throw new ArgumentException($"'{string.Join(' ', args)}' is no command.\n{Usage}");
        }
    }
}
