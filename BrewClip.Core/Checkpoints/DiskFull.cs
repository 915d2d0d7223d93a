namespace BrewClip.Core.Checkpoints;

/// <summary>Recognises the operating systems' ways of saying that no space is left, and says it in a sentence.</summary>
internal static class DiskFull
{
    private const int NoSpaceLeft = 28;                             // ENOSPC on Linux, macOS and the BSDs
    private const int QuotaExceededLinux = 122;                     // EDQUOT
    private const int QuotaExceededApple = 69;                      // EDQUOT
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    public static bool Is(Exception exception) => exception is IOException && (OperatingSystem.IsWindows()
        ? exception.HResult is WindowsDiskFull or WindowsHandleDiskFull
        : exception.HResult == NoSpaceLeft || exception.HResult == (OperatingSystem.IsLinux() ? QuotaExceededLinux : QuotaExceededApple))
        || IsTooLarge(exception);

    // EFBIG, a limit of the file system or on the process (ulimit -f), reaches us from a FileStream as a bad argument that nobody gave.
    private static bool IsTooLarge(Exception exception) =>
        exception is ArgumentOutOfRangeException { ParamName: "value", Source: "System.Private.CoreLib" };

    public static IOException Describe(string path, Exception cause) =>
        new($"'{path}' could not be written: the disk, or the quota or limit on it, is full. "
            + "What was there before is unchanged: make room and start again.", cause)
        {
            HResult = cause is IOException ? cause.HResult : OperatingSystem.IsWindows() ? WindowsDiskFull : NoSpaceLeft,
        };
}
