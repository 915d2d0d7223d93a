namespace TorchSharp.Interop;

/// <summary>Holds a tensor's native handle, and returns its memory when the tensor was forgotten instead of disposed.</summary>
/// <remarks>
/// An object with a finaliser takes ten times as long to make as one without, which a small operator would feel. So tensors have none:
/// each has one of these, which goes back to its thread's pool when the tensor is disposed and is used again.
/// </remarks>
internal sealed class NativeTensor
{
    /// <summary>Stands where a disposed tensor's handle was.</summary>
    internal static readonly NativeTensor Disposed = new();

    private static long totalCount;
    private static long peakCount;

    ~NativeTensor()
    {
        if (Handle != 0) NativeMethods.brew_free(TakeHandle());
    }

    internal nint Handle { get; private set; }

    internal static long TotalCount => Interlocked.Read(ref totalCount);

    internal static long PeakCount => Interlocked.Read(ref peakCount);

    internal void Hold(nint handle)
    {
        Handle = handle;
        long count = Interlocked.Increment(ref totalCount);
        if (count > peakCount) peakCount = count;
    }

    internal nint TakeHandle()
    {
        nint taken = Handle;
        Handle = 0;
        Interlocked.Decrement(ref totalCount);
        return taken;
    }

    /// <summary>Holders that wait to be used again. For one thread.</summary>
    internal sealed class Pool
    {
        private readonly NativeTensor?[] waiting = new NativeTensor?[256];
        private int count;

        // A place is emptied: the pool must not keep alive the holder of a tensor that is forgotten later.
        internal NativeTensor Rent()
        {
            if (count == 0) return new NativeTensor();
            var holder = waiting[--count]!;
            waiting[count] = null;
            return holder;
        }

        internal void Return(NativeTensor holder)
        {
            if (count < waiting.Length) waiting[count++] = holder;
            else GC.SuppressFinalize(holder);
        }
    }
}
