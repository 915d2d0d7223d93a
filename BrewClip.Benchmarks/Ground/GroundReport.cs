using static TorchSharp.torch;

namespace BrewClip.Benchmarks.Ground;

/// <summary>What everything else stands on: the cost of a call, the rates of products and of attention. Under a minute.</summary>
internal static class GroundReport
{
    public static void Run()
    {
        Console.WriteLine($"{Environment.ProcessorCount} processors, {get_num_threads()} threads in libtorch; the shortest of several runs");
        Console.WriteLine();
        CallCost.Report();
        Console.WriteLine();
        Products.Report();
        Console.WriteLine();
        Attention.Report();
        Console.WriteLine();
        Elementwise.Report();
    }
}
