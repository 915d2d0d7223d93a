namespace BrewClip.Core.Checkpoints;

/// <summary>
/// A file that is being written beside its final place. <see cref="Commit"/> flushes it to the disk and renames it; disposing without
/// a commit deletes it and leaves whatever was there before untouched.
/// </summary>
/// <remarks>Not thread-safe. The one who creates it disposes it; <see cref="Stream"/> is disposed with it.</remarks>
public sealed class PendingFile : IDisposable
{
    private const int BufferSize = 1 << 16;

    private readonly string _temporary;
    private readonly FileStream _stream;
    private bool _finished;

    /// <summary>Creates the file beside <paramref name="path"/>, whose folder must exist.</summary>
    /// <exception cref="IOException">The folder is missing, or its disk is full or read-only.</exception>
    public PendingFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        FinalPath = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(FinalPath) ?? throw new ArgumentException($"'{path}' is a folder, not a file.", nameof(path));
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"'{path}' cannot be written: the folder '{folder}' does not exist.");
        }

        _temporary = Path.Combine(folder, $".{Path.GetFileName(FinalPath)}.{Guid.NewGuid():N}.tmp");
        _stream = new FileStream(_temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, BufferSize);
    }

    /// <summary>The place that the file takes on <see cref="Commit"/>.</summary>
    public string FinalPath { get; }

    /// <summary>Where to write; seeking is allowed.</summary>
    public Stream Stream => _stream;

    /// <summary>Flushes to the disk and takes the final place in one step, replacing what was there.</summary>
    /// <exception cref="IOException">The disk is full, or the place is taken by a folder or held open by another process.</exception>
    public void Commit()
    {
        ObjectDisposedException.ThrowIf(_finished, this);
        _stream.Flush(flushToDisk: true);
        _stream.Dispose();
        File.Move(_temporary, FinalPath, overwrite: true);
        _finished = true;
    }

    /// <summary>Deletes the file unless it was committed.</summary>
    public void Dispose()
    {
        if (_finished)
        {
            return;
        }

        _finished = true;
        try
        {
            _stream.Dispose();
        }
        catch (Exception exception) when (exception is IOException || DiskFull.Is(exception))
        {
            // What is still buffered does not fit on a full disk; the file is about to be deleted anyway.
        }

        try
        {
            File.Delete(_temporary);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The failure that led here is the one to report.
        }
    }
}
