using System.Diagnostics;

namespace BrewClip.Benchmarks.Ground;

/// <summary>The shortest of several runs: what the work costs when nothing else wants the machine.</summary>
internal static class Timing
{
    /// <summary>Milliseconds of the shortest run of each contender, taken in turn so that a busy moment hits all alike.</summary>
    public static double[] Best(int rounds, params ReadOnlySpan<Action> contenders)
    {
        var best = new double[contenders.Length];
        Array.Fill(best, double.PositiveInfinity);
        for (int round = 0; round <= rounds; round++)
        {
            for (int i = 0; i < contenders.Length; i++)
            {
                long start = Stopwatch.GetTimestamp();
                contenders[i]();
                double elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                // The first round pays for compiling and for memory that later rounds find ready.
                best[i] = round == 0 ? best[i] : Math.Min(best[i], elapsed);
            }
        }

        return best;
    }

    /// <summary>Billions of floating-point operations a second.</summary>
    public static double Rate(double operations, double milliseconds) => operations / milliseconds / 1e6;
}
