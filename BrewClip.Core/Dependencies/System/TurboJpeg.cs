using System.Runtime.InteropServices;

namespace BrewClip.Core.Dependencies;

/// <summary>
/// The TurboJPEG interface of libjpeg-turbo 2.x. Unlike the classic libjpeg interface it reports errors as return values, not by
/// jumping out of the caller's frames, which managed frames do not survive.
/// </summary>
internal static unsafe partial class TurboJpeg
{
    public const int PixelFormatRgb = 0, PixelFormatCmyk = 11;
    public const int ColorspaceCmyk = 3, ColorspaceYcck = 4;
    public const int StopOnWarning = 8192, LimitScans = 32768;
    public const int ErrorWarning = 0;
    private const string Library = "libturbojpeg.so.0";

    [LibraryImport(Library, EntryPoint = "tjInitDecompress")]
    public static partial nint InitDecompress();

    [LibraryImport(Library, EntryPoint = "tjDecompressHeader3")]
    public static partial int DecompressHeader(
        nint handle, byte* jpeg, nuint length, out int width, out int height, out int subsampling, out int colorspace);

    [LibraryImport(Library, EntryPoint = "tjDecompress2")]
    public static partial int Decompress(
        nint handle, byte* jpeg, nuint length, byte* destination, int width, int pitch, int height, int pixelFormat, int flags);

    [LibraryImport(Library, EntryPoint = "tjGetErrorCode")]
    public static partial int ErrorCode(nint handle);

    [LibraryImport(Library, EntryPoint = "tjGetErrorStr2")]
    private static partial nint ErrorText(nint handle);

    [LibraryImport(Library, EntryPoint = "tjDestroy")]
    public static partial int Destroy(nint handle);

    public static string Error(nint handle) => Marshal.PtrToStringUTF8(ErrorText(handle)) ?? "unknown error";
}
