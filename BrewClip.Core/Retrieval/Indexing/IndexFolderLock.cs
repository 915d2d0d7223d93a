using BrewClip.Core.Checkpoints;

namespace BrewClip.Core.Retrieval.Indexing;

/// <summary>Keeps a second process from writing into an index folder.</summary>
internal static class IndexFolderLock
{
    /// <summary>Disposing the result frees the folder; the system does too when the process ends in any way.</summary>
    /// <exception cref="IOException">Another run holds it.</exception>
    public static IDisposable Acquire(string folder) =>
        HubLock.TryAcquire(Path.Combine(folder, ImageIndexFolder.LockName))
        ?? throw new IOException($"'{folder}' is being indexed by another run: wait until that has ended, or choose another folder.");
}
