using System.Diagnostics;

namespace BrewClip.Tests.Support;

/// <summary>A named pipe in the file system, to which nobody writes: whoever opens it for reading waits for ever.</summary>
internal static class NamedPipe
{
    /// <summary>Longer than any refusal takes, so that a test that opens a pipe fails where it would hang.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Makes a pipe.</summary>
    /// <returns>Its path; null on Windows, whose file system has none.</returns>
    public static string? Create(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var make = Process.Start("mkfifo", [path]);
        make.WaitForExit();
        return make.ExitCode == 0 ? path : throw new InvalidOperationException($"mkfifo '{path}' ended with {make.ExitCode}.");
    }
}
