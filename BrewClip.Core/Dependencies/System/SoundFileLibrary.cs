using System.Runtime.InteropServices;

namespace BrewClip.Core.Dependencies;

/// <summary>SF_INFO of sndfile.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SoundFileInfo
{
    /// <summary>What libsndfile says for a length that it cannot know (SF_COUNT_MAX).</summary>
    public const long UnknownFrames = long.MaxValue;

    /// <summary>SF_FORMAT_RAW | SF_ENDIAN_LITTLE: samples without a header.</summary>
    public const int RawLittleEndian = 0x00040000 | 0x10000000;

    public long Frames;
    public int SampleRate;
    public int Channels;
    public int Format;
    public int Sections;
    public int Seekable;

    /// <summary>Whether the container is FLAC (SF_FORMAT_FLAC), whose header counts the samples exactly.</summary>
    public readonly bool IsFlac => (Format & 0x0FFF0000) == 0x00170000;
}

/// <summary>SF_VIRTUAL_IO of sndfile.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SoundFileCallbacks
{
    public delegate* unmanaged[Cdecl]<nint, long> GetLength;
    public delegate* unmanaged[Cdecl]<long, int, nint, long> Seek;
    public delegate* unmanaged[Cdecl]<byte*, long, nint, long> Read;
    public delegate* unmanaged[Cdecl]<byte*, long, nint, long> Write;
    public delegate* unmanaged[Cdecl]<nint, long> Tell;
}

/// <summary>The functions of libsndfile that are called.</summary>
internal static unsafe partial class SoundFileLibrary
{
    private const string Library = "libsndfile.so.1";
    private const int ReadMode = 0x10;

    /// <summary>Opens a virtual file; 0 where that fails.</summary>
    /// <exception cref="DllNotFoundException">libsndfile is not installed.</exception>
    public static nint OpenVirtual(in SoundFileCallbacks callbacks, ref SoundFileInfo info, nint user)
    {
        try
        {
            return OpenVirtual(in callbacks, ReadMode, ref info, user);
        }
        catch (DllNotFoundException exception)
        {
            throw new DllNotFoundException(
                $"Audio is decoded by {Library}, which is not installed: install the package libsndfile1, or run eng/setup.sh.", exception);
        }
    }

    /// <summary>The text of a file's last error.</summary>
    public static string ErrorText(nint file) => Marshal.PtrToStringUTF8(ErrorTextPointer(file)) ?? "unknown error.";

    [LibraryImport(Library, EntryPoint = "sf_readf_float")]
    public static partial long ReadFrames(nint file, float* samples, long frames);

    [LibraryImport(Library, EntryPoint = "sf_error")]
    public static partial int Error(nint file);

    [LibraryImport(Library, EntryPoint = "sf_close")]
    public static partial int Close(nint file);

    [LibraryImport(Library, EntryPoint = "sf_strerror")]
    private static partial nint ErrorTextPointer(nint file);

    [LibraryImport(Library, EntryPoint = "sf_open_virtual")]
    private static partial nint OpenVirtual(in SoundFileCallbacks callbacks, int mode, ref SoundFileInfo info, nint user);
}
