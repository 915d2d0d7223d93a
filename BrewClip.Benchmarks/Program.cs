using BenchmarkDotNet.Running;
using BrewClip.Benchmarks.Ground;
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

        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
    }
}
