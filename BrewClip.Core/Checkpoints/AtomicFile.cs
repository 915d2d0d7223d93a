using System.Text;

namespace BrewClip.Core.Checkpoints;

/// <summary>
/// Writes files so that a reader sees the old content or the new, never half of it: beside the final place, flushed to the disk, renamed.
/// On failure or cancellation the old file stays and nothing is left behind.
/// </summary>
public static class AtomicFile
{
    /// <summary>Writes <paramref name="path"/> with what <paramref name="write"/> puts into the stream.</summary>
    /// <exception cref="IOException">The disk is full (the message says so) or refuses the write.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        try
        {
            using var file = new PendingFile(path);
            write(file.Stream);
            file.Commit();
        }
        catch (Exception exception) when (DiskFull.Is(exception))
        {
            throw DiskFull.Describe(path, exception);
        }
    }

    /// <summary>Writes <paramref name="path"/> with what <paramref name="write"/> puts into the stream.</summary>
    /// <inheritdoc cref="Write(string, Action{Stream})"/>
    public static async Task WriteAsync(
        string path, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(write);
        try
        {
            using var file = new PendingFile(path);
            await write(file.Stream, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            file.Commit();
        }
        catch (Exception exception) when (DiskFull.Is(exception))
        {
            throw DiskFull.Describe(path, exception);
        }
    }

    /// <summary>Writes text as UTF-8 without a byte-order mark.</summary>
    /// <inheritdoc cref="Write(string, Action{Stream})"/>
    public static void WriteAllText(string path, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>Writes bytes.</summary>
    /// <inheritdoc cref="Write(string, Action{Stream})"/>
    public static void WriteAllBytes(string path, ReadOnlyMemory<byte> bytes) => Write(path, stream => stream.Write(bytes.Span));
}
