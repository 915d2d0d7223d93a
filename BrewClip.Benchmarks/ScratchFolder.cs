using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace BrewClip.Benchmarks;

/// <summary>
/// A folder for inputs of hundreds of megabytes. It goes with this object, and also where the process is interrupted (Ctrl+C) or asked to
/// end, which no <c>finally</c> sees.
/// </summary>
internal sealed class ScratchFolder : IDisposable
{
    private static readonly ConcurrentDictionary<string, bool> _live = new(StringComparer.Ordinal);

    // Kept, because a registration ends with its object. Not cancelled: the process ends as it would have.
    private static readonly PosixSignalRegistration[] _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => DeleteAll()),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => DeleteAll()),
    ];

    public ScratchFolder()
    {
        Path = Directory.CreateTempSubdirectory("brewclip-benchmark-").FullName;
        _live[Path] = true;
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>A path within it.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        if (_live.TryRemove(Path, out _))
        {
            Delete(Path);
        }

        GC.KeepAlive(_registrations);
    }

    private static void DeleteAll()
    {
        foreach (string path in _live.Keys)
        {
            Delete(path);
        }
    }

    private static void Delete(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Someone still holds a file, or was faster: no reason to lose what was measured.
            if (Directory.Exists(path))
            {
                Console.Error.WriteLine($"'{path}' could not be deleted: {exception.Message}");
            }
        }
    }
}
