using Microsoft.Win32.SafeHandles;

namespace BrewClip.Core.Checkpoints;

/// <summary>
/// Guards reads of mapped files. Reading a page of a mapping that lies past the file's end stops the process, so each reader looks at the
/// file's length first. A file that is cut short while a read is under way cannot be guarded against.
/// </summary>
internal static class MappedFile
{
    /// <exception cref="InvalidDataException">The file is shorter than when it was mapped.</exception>
    /// <exception cref="ObjectDisposedException">The file is closed.</exception>
    public static void RequireWhole(SafeFileHandle file, long length, string path)
    {
        if (RandomAccess.GetLength(file) < length)
        {
            throw Cut(file, length, path);
        }
    }

    /// <summary>What is said of a file that has ended before its time.</summary>
    public static InvalidDataException Cut(SafeFileHandle file, long length, string path) => new(
        $"'{path}' was cut from {length} to {RandomAccess.GetLength(file)} bytes while it was open: restore it and open it again. Replace "
        + "such files by a rename, never in place.");
}
