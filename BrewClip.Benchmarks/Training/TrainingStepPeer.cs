using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using static TorchSharp.torch;

namespace BrewClip.Benchmarks.Training;

/// <summary>Peers/training_step.py, alive and warm, so that Python's start and imports are not timed.</summary>
internal sealed class TrainingStepPeer : IDisposable
{
    // Debian's own: that of a virtual environment has another PyTorch, or none.
    private const string Python = "/usr/bin/python3";

    private readonly Process? _process;

    private TrainingStepPeer(Process? process, string about) => (_process, About) = (process, about);

    /// <summary>Its versions, or why it does not run.</summary>
    public string About { get; }

    /// <param name="batch">Utterances of a step.</param>
    /// <param name="preload">A library whose sgemm_ is found before PyTorch's own, or null.</param>
    public static TrainingStepPeer Start(int batch, string? preload)
    {
        string script = Path.Combine(AppContext.BaseDirectory, "Peers", "training_step.py");
        var start = new ProcessStartInfo(Python, [script, $"{batch}", "--serve"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["OMP_NUM_THREADS"] = $"{get_num_threads()}";
        if (preload is not null)
        {
            start.Environment["LD_PRELOAD"] = preload;
        }

        try
        {
            var process = Process.Start(start)!;
            string? greeting = process.StandardOutput.ReadLine();
            return greeting?.StartsWith("ready ", StringComparison.Ordinal) == true
                ? new TrainingStepPeer(process, greeting[6..])
                : new TrainingStepPeer(null, "it ended: is python3-torch installed?");
        }
        catch (Win32Exception)
        {
            return new TrainingStepPeer(null, $"there is no {Python}");
        }
    }

    /// <summary>Milliseconds of one step; nothing where it does not run.</summary>
    public IEnumerable<double> Run()
    {
        if (_process is null)
        {
            return [];
        }

        _process.StandardInput.WriteLine("run 1");
        _process.StandardInput.Flush();
        return [1000 * double.Parse(_process.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture)];
    }

    public void Dispose()
    {
        _process?.StandardInput.Close();
        _process?.WaitForExit();
        _process?.Dispose();
    }
}
