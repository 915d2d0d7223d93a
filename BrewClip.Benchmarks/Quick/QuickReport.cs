using System.Diagnostics;
using BrewClip.Benchmarks.Comparison;

namespace BrewClip.Benchmarks.Quick;

/// <summary><c>-- quick</c>: every path once, in one table and in under five minutes, beside what the machine gives at best.</summary>
internal static class QuickReport
{
    // What the time goes to: a few runs each, the shortest counts. Of work that takes seconds, a run to warm up and two.
    private const int LeastRuns = 3, LeastLongRuns = 2, MostRuns = 200;
    private const double Milliseconds = 1500, LongMilliseconds = 1000;

    /// <summary>Every path. CLIP L/14's image tower is not asked for sixteen images, which would take a minute alone.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "log-mel", "resample", "image", "tokenize", "safetensors", "whisper-encoder", "whisper-step", "clip-image/b32", "clip-image/l14/1",
        "clip-text", "acoustic", "encode-speech", "search", "search-saved", "epoch", "training-step",
    ];

    /// <param name="names">Contests, as <c>compare</c> names them; the quick choice where none is given.</param>
    public static void Run(IReadOnlyList<string> names)
    {
        var contests = Contests.Named(names.Count == 0 ? Names : names);
        long start = Stopwatch.GetTimestamp();
        var ceiling = CpuCeiling.Measure();
        Console.WriteLine(
            $"{Machine.Here()}; a product reaches {ceiling.OperationsPerSecond / 1e9:0} GFLOP/s, "
            + $"reading {ceiling.BytesPerSecond / 1e9:0} GB/s.");
        Console.WriteLine(QuickRow.Heads);
        foreach (var contest in contests)
        {
            using var workload = contest.Create();
            Console.WriteLine(Measure(contest.Work, workload).ToMarkdown(ceiling));
        }

        Console.WriteLine($"\nAll in {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s, inputs and models made included.");
    }

    /// <summary>Times a workload.</summary>
    public static QuickRow Measure(string work, Workload workload)
    {
        bool isLong = Time(workload) > LongMilliseconds;
        if (!isLong)
        {
            workload.Run();
        }

        double best = double.PositiveInfinity, total = 0;
        int runs = 0, least = isLong ? LeastLongRuns : LeastRuns;
        long before = GC.GetTotalAllocatedBytes(precise: true);
        while (runs < least || (total < Milliseconds && runs < MostRuns))
        {
            double elapsed = Time(workload);
            best = Math.Min(best, elapsed);
            total += elapsed;
            runs++;
        }

        double allocated = (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)runs;
        return new QuickRow(work, best, allocated, workload.Operations, workload.Bytes);
    }

    private static double Time(Workload workload)
    {
        long start = Stopwatch.GetTimestamp();
        workload.Run();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
