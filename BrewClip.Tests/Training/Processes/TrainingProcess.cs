using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace BrewClip.Tests.Training.Processes;

/// <summary><see cref="TrainingProgram"/> in a process of its own.</summary>
internal sealed class TrainingProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    /// <param name="folder">The run's.</param>
    /// <param name="steps">Of the run.</param>
    /// <param name="checkpointEvery">Steps between checkpoints.</param>
    /// <param name="pause">Milliseconds before each step.</param>
    /// <param name="largestFile">The size in bytes beyond which a file of the process cannot grow, or null. Not on Windows.</param>
    public TrainingProcess(string folder, int steps, int checkpointEvery, int pause, int? largestFile = null)
    {
        string[] program = [Runtime, typeof(TrainingProgram).Assembly.Location, folder, Text(steps), Text(checkpointEvery), Text(pause)];
        // The limit is in blocks of 512 bytes. Past it the kernel sends a signal that ends a process, unless that is ignored.
        string[] command = largestFile is int bytes
            ? ["/bin/sh", "-c", $"trap '' XFSZ; ulimit -f {bytes / 512}; exec \"$@\"", "sh", .. program]
            : program;
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OMP_NUM_THREADS"] = "1";
        // .NET's own memory for code is a file to the limit.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        _process = Process.Start(start)!;
        _errors = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Lets the process train until it has told of a step; returns false where it ended before.</summary>
    public bool WaitForStep(int step)
    {
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            if (int.Parse(line, CultureInfo.InvariantCulture) >= step)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Ends the process as a power failure would, wherever it stands: SIGKILL. Returns the last step that it told of, or null.
    /// </summary>
    public int? Kill()
    {
        _process.Kill();
        string[] lines = _process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        _process.WaitForExit();
        Assert.NotEqual(0, _process.ExitCode);
        // The last line may have been cut short.
        return lines.Length > 1 ? int.Parse(lines[^2], CultureInfo.InvariantCulture) : null;
    }

    /// <summary>Waits for the end.</summary>
    public (int Code, string Errors) Finish()
    {
        _process.StandardOutput.ReadToEnd();
        _process.WaitForExit();
        return (_process.ExitCode, _errors.GetAwaiter().GetResult());
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    // …/shared/Microsoft.NETCore.App/10.0.0/ → …/dotnet, whichever program hosts the tests.
    private static string Runtime => Path.Combine(
        RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
