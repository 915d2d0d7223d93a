namespace BrewClip.Core.Checkpoints;

/// <summary>
/// Opens files of other people's folders. A named pipe keeps whoever opens it waiting until somebody writes, and a device may have no end:
/// neither is opened, whatever it is called. Links are followed.
/// </summary>
/// <remarks>Stateless and thread-safe.</remarks>
public static class RegularFile
{
    private const int DefaultBuffer = 1 << 16;

    /// <summary>The file that a path leads to, for its length and time. It is not opened, and need not be regular.</summary>
    /// <param name="path">A file, or a link to one.</param>
    /// <exception cref="FileNotFoundException">There is no such file, or the link leads nowhere.</exception>
    /// <exception cref="IOException">The links lead in a circle.</exception>
    public static FileInfo Find(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new FileNotFoundException($"There is no file '{path}'.", path);
        }

        return file.ResolveLinkTarget(returnFinalTarget: true) switch
        {
            null => file,
            { Exists: true } target => new FileInfo(target.FullName),
            { } target => throw new FileNotFoundException($"'{path}' is a link to '{target.FullName}', where there is no file.", path),
        };
    }

    /// <summary>As <see cref="Find"/>, refusing what holds nothing that could be read: it is not opened.</summary>
    /// <param name="path">A file, or a link to one.</param>
    /// <param name="name">What messages call it; null for the path.</param>
    /// <exception cref="FileNotFoundException">There is no such file, or the link leads nowhere.</exception>
    /// <exception cref="InvalidDataException">It holds 0 bytes, as empty files, pipes, sockets and devices do.</exception>
    /// <exception cref="IOException">The links lead in a circle.</exception>
    public static FileInfo Require(string path, string? name = null)
    {
        var file = Find(path);

        // The length is known without opening; to the file system what is no regular file has none.
        return file.Length > 0
            ? file
            : throw new InvalidDataException($"'{name ?? path}' is empty, or a pipe or device and no file: it holds 0 bytes.");
    }

    /// <summary>Opens a file for reading, shared with other readers. The caller disposes the stream.</summary>
    /// <param name="path">A file, or a link to one.</param>
    /// <param name="name">What messages call it; null for the path.</param>
    /// <param name="bufferSize">Bytes that are read ahead, 65536 by default; 0 for none.</param>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <inheritdoc cref="Require" path="/exception"/>
    public static FileStream OpenRead(string path, string? name = null, int bufferSize = DefaultBuffer)
    {
        Require(path, name);
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize);
    }
}
