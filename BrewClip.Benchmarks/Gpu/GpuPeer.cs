using System.Diagnostics;
using System.Globalization;
using static TorchSharp.torch;

namespace BrewClip.Benchmarks.Gpu;

/// <summary>
/// PyTorch on the same device, in a process of its own: Peers/gpu_kernels.py, told one kernel a line and answering milliseconds.
/// </summary>
internal sealed class GpuPeer : IDisposable
{
    private readonly Process _process;

    private GpuPeer(Process process) => _process = process;

    /// <summary>Device and versions.</summary>
    public string Versions { get; private set; } = "";

    /// <summary>Why it does not run; null where it does.</summary>
    public string? Missing { get; private set; }

    public static GpuPeer Start(string python)
    {
        var start = new ProcessStartInfo(python, [Path.Combine(AppContext.BaseDirectory, "Peers", "gpu_kernels.py"), "--serve"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var peer = new GpuPeer(new Process { StartInfo = start });
        try
        {
            peer._process.Start();
            peer.Greet();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            peer.Missing = $"'{python}' (name another with --python)";
        }

        return peer;
    }

    /// <summary>Its time for a kernel; null where it has none to give.</summary>
    public double? Milliseconds(GpuKernel kernel, ScalarType type)
    {
        if (Missing is not null)
        {
            return null;
        }

        string? answer = LineProtocol.Ask(_process, string.Join(' ', [$"{type}".ToLowerInvariant(), .. kernel.Peer]));
        if (double.TryParse(answer, CultureInfo.InvariantCulture, out double milliseconds))
        {
            return milliseconds;
        }

        Console.Error.WriteLine($"PyTorch on {kernel.Name}: {answer ?? "it ended"}");
        Missing = answer is null ? "it ended" : null;
        return null;
    }

    public void Dispose() => LineProtocol.Close(_process);

    private void Greet()
    {
        var (versions, missing) = LineProtocol.Greet(_process);
        Versions = versions ?? "";
        Missing = versions is null ? missing ?? "it ended without an answer" : null;
    }
}
