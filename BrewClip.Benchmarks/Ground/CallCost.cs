using System.Diagnostics;
using static TorchSharp.torch;

namespace BrewClip.Benchmarks.Ground;

/// <summary>What one call through the binding costs: the sum of two 8-element tensors, beside the same in Python on the same libtorch.</summary>
internal static class CallCost
{
    private const int Calls = 2_000, Rounds = 1_000;

    public static void Report()
    {
        double ours = NanosecondsOfOneAdd();
        string? peer = RunPeer();
        Console.WriteLine("Call cost: add of two 8-element tensors");
        Console.WriteLine($"  BrewClip  {ours,8:F0} ns");
        if (peer is null || !double.TryParse(peer, out double theirs))
        {
            Console.WriteLine("  Python    missing: install python3-torch to compare.");
            return;
        }

        Console.WriteLine($"  Python    {theirs,8:F0} ns   BrewClip / Python = {ours / theirs:F2}");
    }

    private static double NanosecondsOfOneAdd()
    {
        using var guard = no_grad();
        using var left = ones(8);
        using var right = ones(8);
        double best = Timing.Best(Rounds, () =>
        {
            for (int i = 0; i < Calls; i++)
            {
                left.add(right).Dispose();
            }
        })[0];
        return best * 1e6 / Calls;
    }

    private static string? RunPeer()
    {
        const string Python = "/usr/bin/python3";
        string script = Path.Combine(AppContext.BaseDirectory, "Peers", "call_cost.py");
        if (!File.Exists(Python) || !File.Exists(script))
        {
            return null;
        }

        using var process = Process.Start(new ProcessStartInfo(Python, [script]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        // Read, so that a long complaint cannot fill the pipe and stop the peer.
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        string output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : null;
    }
}
