using System.Diagnostics;

namespace BrewClip.Benchmarks.Comparison;

/// <summary>
/// Runs contests: ours, the peer, the peer with our products, ours, ... each warm and in turn, so that what disturbs the machine disturbs
/// all alike. Before every run all wait, so that threads that still spin from the run before are asleep.
/// </summary>
internal sealed class ComparisonRunner(ComparisonOptions options)
{
    private const int LeastRounds = 3;

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(60);

    /// <summary>Runs one contest.</summary>
    public ComparisonResult Run(Contest contest)
    {
        using var folder = new ScratchFolder();
        var peers = new List<(PeerVariant Variant, PeerProcess? Process)>();
        try
        {
            using var workload = contest.Create();
            var arguments = workload.PeerArguments(folder.Path);
            foreach (var variant in PeerVariant.Of(contest))
            {
                peers.Add((variant, variant.Missing is null ? PeerProcess.Start(options, contest.Script, arguments, variant) : null));
            }

            return Compete(contest, workload, peers);
        }
        finally
        {
            foreach (var (_, process) in peers)
            {
                process?.Dispose();
            }
        }
    }

    private ComparisonResult Compete(Contest contest, Workload workload, List<(PeerVariant Variant, PeerProcess? Process)> peers)
    {
        var running = peers.Where(peer => peer.Process is { Missing: null }).Select(peer => peer.Process!).ToArray();
        Func<int, double>[] contenders = [count => Time(workload, count), .. running.Select(peer => (Func<int, double>)peer.Run)];
        var repeats = new int[contenders.Length];
        double round = 0;
        // A peer has run once before it said that it was ready.
        workload.Run();
        for (int i = 0; i < contenders.Length; i++)
        {
            double once = contenders[i](1);
            if (double.IsNaN(once))
            {
                continue;
            }

            repeats[i] = (int)Math.Clamp(Math.Ceiling(options.RunMilliseconds / once), 1, 100_000);
            round += repeats[i] * once + _pause.TotalMilliseconds;
        }

        int rounds = Math.Min(options.Rounds, Math.Max(LeastRounds, (int)(1000 * options.Seconds / round)));
        var times = contenders.Select(_ => new double[rounds]).ToArray();
        for (int i = 0; i < rounds; i++)
        {
            for (int contender = 0; contender < contenders.Length; contender++)
            {
                // A peer that failed is left out, and the others go on.
                if (repeats[contender] > 0)
                {
                    Thread.Sleep(_pause);
                    times[contender][i] = contenders[contender](repeats[contender]);
                }
            }
        }

        return new ComparisonResult(
            contest.Name, contest.Work, workload.Items, times[0], [.. peers.Select(peer => Result(peer, running, times))]);
    }

    private static PeerResult Result((PeerVariant Variant, PeerProcess? Process) peer, PeerProcess[] running, double[][] times)
    {
        int index = peer.Process is { Missing: null } ? Array.IndexOf(running, peer.Process) : -1;
        return index < 0
            ? new PeerResult(peer.Variant.Name, "", [], null, peer.Variant.Missing ?? peer.Process?.Missing)
            : new PeerResult(
                peer.Variant.Name, peer.Process!.Versions, times[index + 1], RatioEstimate.Of(times[0], times[index + 1]), null);
    }

    private static double Time(Workload workload, int count)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < count; i++)
        {
            workload.Run();
        }

        return Stopwatch.GetElapsedTime(start).TotalMilliseconds / count;
    }
}
