using System.Diagnostics;
using BrewClip.Benchmarks.Comparison;
using BrewClip.Benchmarks.Loading;

namespace BrewClip.Benchmarks.Quick;

/// <summary><c>-- quick</c>: every path once, in one table and in under five minutes, beside what the machine gives at best.</summary>
internal static class QuickReport
{
    // What the time goes to: a few runs each, the shortest counts.
    private const int LeastRuns = 3, MostRuns = 200;
    private const double Milliseconds = 1500;

    private static readonly string[] _contests =
    [
        "log-mel/80", "resample/48000", "image", "tokenize", "safetensors",
        "whisper-encoder", "whisper-step/base", "clip-image/b32", "clip-image/l14/1",
        "clip-text/b32/16", "clip-text/l14/1", "acoustic/1", "encode-speech", "search/10000", "search/100000", "training-step",
    ];

    /// <param name="names">Contests, as <c>compare</c> names them; the quick choice where none is given.</param>
    public static void Run(IReadOnlyList<string> names)
    {
        var ceiling = CpuCeiling.Measure();
        Console.WriteLine(
            $"{Machine.Here()}; a product reaches {ceiling.OperationsPerSecond / 1e9:0} GFLOP/s, "
            + $"reading {ceiling.BytesPerSecond / 1e9:0} GB/s.");
        Console.WriteLine(QuickRow.Heads);
        foreach (var contest in Contests.Named(names.Count == 0 ? _contests : names))
        {
            Report(contest.Work, contest.Create, ceiling);
        }

        if (names.Count == 0)
        {
            Report("an epoch of 256 JPEGs, decoded and cropped", () => new EpochWorkload(), ceiling);
        }
    }

    /// <summary>Times a workload.</summary>
    public static QuickRow Measure(string work, Workload workload)
    {
        workload.Run();
        workload.Run();
        double best = double.PositiveInfinity, total = 0;
        int runs = 0;
        long before = GC.GetTotalAllocatedBytes(precise: true);
        while (runs < LeastRuns || (total < Milliseconds && runs < MostRuns))
        {
            long start = Stopwatch.GetTimestamp();
            workload.Run();
            double elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            best = Math.Min(best, elapsed);
            total += elapsed;
            runs++;
        }

        double allocated = (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)runs;
        return new QuickRow(work, best, allocated, workload.Operations, workload.Bytes);
    }

    private static void Report(string work, Func<Workload> create, CpuCeiling ceiling)
    {
        using var workload = create();
        Console.WriteLine(Measure(work, workload).ToMarkdown(ceiling));
    }
}
