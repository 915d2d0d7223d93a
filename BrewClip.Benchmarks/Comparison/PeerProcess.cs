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
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

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

        string? answer = null;
        try
        {
            _process.StandardInput.WriteLine($"run {count}");
            _process.StandardInput.Flush();
            answer = _process.StandardOutput.ReadLine();
        }
        catch (IOException)
        {
            // It has ended since its last answer.
        }

        if (double.TryParse(answer, CultureInfo.InvariantCulture, out double seconds) && seconds > 0)
        {
            return 1000 * seconds;
        }

        Missing = answer is null ? $"an answer: {Ending()}" : $"a number of seconds: the peer answered '{answer}'";
        return double.NaN;
    }

    /// <summary>Ends the peer.</summary>
    public void Dispose()
    {
        try
        {
            if (!_process.HasExited)
            {
                _process.StandardInput.Close();
                End();
            }
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException)
        {
            // It never started, or has just ended.
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
        // Libraries talk while they are imported: what is no greeting is passed over.
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            switch (line.Split(' ', 2))
            {
                case ["ready", var versions]:
                    Versions = versions;
                    return;
                case ["missing", var what]:
                    Missing = what;
                    return;
            }
        }

        Missing = $"an answer: {Ending()}";
    }

    // Its output has ended, and so has it, or is about to.
    private string Ending()
    {
        End();
        return $"the peer ended with code {_process.ExitCode}. {LastComplaint()}".TrimEnd();
    }

    // With what it has started, such as a loader's workers.
    private void End()
    {
        if (!_process.WaitForExit(_patience))
        {
            _process.Kill(entireProcessTree: true);
        }

        // Without a limit it also waits for the last complaint.
        _process.WaitForExit();
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
