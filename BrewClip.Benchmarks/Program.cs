using BenchmarkDotNet.Running;
using BrewClip.Benchmarks.Ground;
using BrewClip.Benchmarks.Training;
using BrewClip.Benchmarks.Whisper;

namespace BrewClip.Benchmarks;

internal static class Program
{
    private static void Main(string[] args)
    {
        if (args is ["ground"])
        {
            GroundReport.Run();
            return;
        }

        if (args is ["whisper", ..])
        {
            WhisperReport.Run(args.Length > 1 ? args[1] : "whisper-base");
            return;
        }

        if (args is ["training", ..])
        {
            int[] numbers = [.. args.Skip(1).Select(int.Parse)];
            TrainingStepReport.Run(numbers is [int batch, ..] ? batch : 64, numbers is [_, int rounds] ? rounds : 12);
            return;
        }

        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
    }
}
