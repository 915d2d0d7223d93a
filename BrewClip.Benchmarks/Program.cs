using BenchmarkDotNet.Running;
using BrewClip.Benchmarks.Ground;

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

        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
    }
}
