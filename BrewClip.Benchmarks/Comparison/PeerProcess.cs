using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace BrewClip.Benchmarks.Comparison;

/// <summary>
/// A peer's script, alive and warmed up, that is told "run N" and answers the seconds that one of N took (Peers/line_protocol.py), so that
/// neither the start of Python nor its imports are timed.
/// </summary>
internal sealed class PeerProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _complaints = new();

    private PeerProcess(Process process) => _process = process;

    /// <summary>The versions of what it runs on.</summary>
    public string Versions { get; private set; } = "";

    /// <summary>Why it does not run; null where it does.</summary>
    public string? Missing { get; private set; }

    /// <summary>Starts a peer and waits until it is ready, or has said what is missing.</summary>
    public static PeerProcess Start(ComparisonOptions options, string script, IReadOnlyList<string> arguments, PeerVariant variant)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Peers", script);
        var start = new ProcessStartInfo(options.Python, [path, .. arguments, "--serve"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["OMP_NUM_THREADS"] = $"{options.Threads}";
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        Set(start, "LD_PRELOAD", variant.Preload);
        Set(start, ComparisonOptions.WhisperVariable, options.WhisperCheckout);
        Set(start, ComparisonOptions.ClipVariable, options.ClipCheckout);

        var process = new Process { StartInfo = start };
        var peer = new PeerProcess(process);
        process.ErrorDataReceived += (_, line) => peer.Complain(line.Data);
        try
        {
            process.Start();
            process.BeginErrorReadLine();
            peer.Greet();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            peer.Missing = $"'{options.Python}' (name another with --python)";
        }

        return peer;
    }

    /// <summary>
    /// Milliseconds of one run, the mean of several; no number where the peer fails or has failed, which is then <see cref="Missing"/>.
    /// </summary>
    public double Run(int count)
    {
        if (Missing is not null)
        {
            return double.NaN;
        }

        string? answer = LineProtocol.Ask(_process, $"run {count}");
        if (double.TryParse(answer, CultureInfo.InvariantCulture, out double seconds) && seconds > 0)
        {
            return 1000 * seconds;
        }

        Missing = answer is null ? $"an answer: {Ending()}" : $"a number of seconds: the peer answered '{answer}'";
        return double.NaN;
    }

    /// <summary>Ends the peer.</summary>
    public void Dispose() => LineProtocol.Close(_process);

    private static void Set(ProcessStartInfo start, string name, string? value)
    {
        if (value is not null)
        {
            start.Environment[name] = value;
        }
    }

    private void Greet()
    {
        var (versions, missing) = LineProtocol.Greet(_process);
        Versions = versions ?? "";
        Missing = versions is null ? missing ?? $"an answer: {Ending()}" : null;
    }

    // Its output has ended, and so has it, or is about to.
    private string Ending()
    {
        LineProtocol.End(_process);
        return $"the peer ended with code {_process.ExitCode}. {LastComplaint()}".TrimEnd();
    }

    private void Complain(string? line)
    {
        lock (_complaints)
        {
            _complaints.AppendLine(line);
        }
    }

    private string LastComplaint()
    {
        lock (_complaints)
        {
            return _complaints.ToString().TrimEnd().Split('\n')[^1];
        }
    }
}
