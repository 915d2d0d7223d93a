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

    /// <summary>Milliseconds of one run, the mean of several.</summary>
    /// <exception cref="InvalidOperationException">The peer ended or answered something else.</exception>
    public double Run(int count)
    {
        _process.StandardInput.WriteLine($"run {count}");
        _process.StandardInput.Flush();
        string? answer = _process.StandardOutput.ReadLine();
        return double.TryParse(answer, CultureInfo.InvariantCulture, out double seconds)
            ? 1000 * seconds
            : throw new InvalidOperationException($"The peer answered '{answer}' instead of seconds. {LastComplaint()}");
    }

    /// <summary>Ends the peer.</summary>
    public void Dispose()
    {
        try
        {
            if (!_process.HasExited)
            {
                _process.StandardInput.Close();
                if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
                {
                    _process.Kill();
                    _process.WaitForExit();
                }
            }
        }
        catch (InvalidOperationException)
        {
            // It never started.
        }

        _process.Dispose();
    }

    private static void Set(ProcessStartInfo start, string name, string? value)
    {
        if (value is not null)
        {
            start.Environment[name] = value;
        }
    }

    private void Greet()
    {
        string? greeting = _process.StandardOutput.ReadLine();
        switch (greeting?.Split(' ', 2))
        {
            case ["ready", var versions]:
                Versions = versions;
                break;
            case ["missing", var what]:
                Missing = what;
                break;
            default:
                _process.WaitForExit();
                Missing = $"an answer: the peer ended with code {_process.ExitCode}. {LastComplaint()}";
                break;
        }
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
