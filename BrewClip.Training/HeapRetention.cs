using System.Runtime.InteropServices;

namespace BrewClip.Training;

/// <summary>
/// Asks the C library to keep freed memory in the process. A training step allocates and frees the same hundreds of megabytes again and
/// again; handing the pages back to the kernel in between, as glibc does by default, costs a third of the time of a small model's step.
/// </summary>
/// <remarks>For the whole process, from the first call on. Where the C library is another, nothing happens. Thread-safe.</remarks>
internal static partial class HeapRetention
{
    // malloc.h of glibc. The threshold of mapping is at its greatest permitted value.
    private const int TrimThreshold = -1, MapThreshold = -3;
    private const int GreatestMapThreshold = 32 << 20;

    private static readonly Lazy<bool> _asked = new(Ask);

    /// <summary>Asks once; true where the C library agreed.</summary>
    public static bool Request() => _asked.Value;

    private static bool Ask()
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        try
        {
            return SetAllocatorOption(MapThreshold, GreatestMapThreshold) != 0 && SetAllocatorOption(TrimThreshold, int.MaxValue) != 0;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "mallopt")]
    private static partial int SetAllocatorOption(int option, int value);
}
