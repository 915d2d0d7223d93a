namespace BrewClip.Core.Checkpoints;

/// <summary>
/// An exclusive lock on a file, held between processes. On Unix it is flock, which Python's filelock uses too, so both wait for each other.
/// </summary>
internal static class HubLock
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits until the lock is free; disposing the result frees it. The file itself stays.</summary>
    public static async Task<IDisposable> AcquireAsync(string path, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryAcquire(path) is { } held)
            {
                return held;
            }

            await Task.Delay(_pause, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Null where another holds the lock. The folder must exist.</summary>
    public static IDisposable? TryAcquire(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (IsHeld(exception))
        {
            return null;
        }
    }

    // EWOULDBLOCK is 11 on Linux and 35 on macOS and the BSDs; Windows says "sharing violation" or "lock violation".
    private static bool IsHeld(IOException exception) => OperatingSystem.IsWindows()
        ? exception.HResult is unchecked((int)0x80070020) or unchecked((int)0x80070021)
        : exception.HResult == (OperatingSystem.IsLinux() ? 11 : 35);
}
