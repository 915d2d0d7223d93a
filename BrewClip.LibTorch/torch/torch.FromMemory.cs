using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static unsafe partial class torch
{
    /// <summary>
    /// A tensor over the array's own memory and in its own shape: writing to either changes both. Copied only for another type or device.
    /// </summary>
    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device);

    /// <summary>
    /// A tensor over the array's own memory and in its own shape: writing to either changes both. Copied only for another type or device.
    /// </summary>
    public static Tensor from_array(Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false)
    {
        var shared = Shared(rawArray, 0, Lengths(rawArray));
        return Recorded(Placed(shared, dtype, device), requires_grad);
    }

    /// <summary>As from_array: shares the array's memory.</summary>
    public static Tensor as_tensor(Array data, ScalarType? dtype = null, Device? device = null) => from_array(data, dtype, device);

    /// <summary>The same tensor again, or converted.</summary>
    public static Tensor as_tensor(Tensor data, ScalarType? dtype = null, Device? device = null) =>
        device is null ? data.to_type(dtype ?? data.dtype) : data.to(dtype ?? data.dtype, device);

    /// <summary>
    /// A tensor over elements of the array: each element is converted where the type differs, bytes are never reinterpreted.
    /// </summary>
    /// <exception cref="ArgumentException">The offset is outside the array.</exception>
    /// <exception cref="IndexOutOfRangeException">The array has fewer elements after the offset.</exception>
    public static Tensor frombuffer(Array rawArray, ScalarType dtype, long count = -1, long offset = 0, bool requires_grad = false)
    {
        if (offset < 0 || offset >= rawArray.LongLength) throw new ArgumentException(
            $"invalid value for 'offset': {offset}", nameof(offset));
        if (count < 0) count = rawArray.LongLength - offset;
        if (count > rawArray.LongLength - offset) throw new IndexOutOfRangeException($"element count is too large: {count}");
        return Recorded(Placed(Shared(rawArray, offset, [count]), dtype, null), requires_grad);
    }

    private static Tensor FromScalar(Scalar scalar, ScalarType? dtype, Device? device, bool requires_grad) =>
        Recorded(Aten.full.Call(Array.Empty<long>(), scalar, dtype ?? scalar.Type, Argument.None, InitializeDevice(device)), requires_grad);

    private static Tensor Copied<T>(
        ReadOnlySpan<T> elements, ReadOnlySpan<long> dimensions, ScalarType? dtype, Device? device, bool requires_grad)
        where T : unmanaged
    {
        long[] shape = dimensions.ToArray();
        long count = shape.TotalSize();
        if (count != elements.Length || shape.Any(length => length < 0))
            throw new ArgumentException($"mismatched total size creating a tensor from an array: {count} vs. {elements.Length}");
        var copy = empty(shape, ToScalarType(typeof(T)));
        elements.CopyTo(new Span<T>(copy.CpuData(), elements.Length));
        return Recorded(Placed(copy, dtype, device), requires_grad);
    }

    private static Tensor CopiedArray(Array array, ScalarType? dtype, Device? device, bool requires_grad)
    {
        using var shared = Shared(array, 0, Lengths(array));
        return Recorded(Placed(shared.clone(), dtype, device), requires_grad);
    }

    // Takes the tensor over: where it must be converted or moved, the first one is disposed.
    private static Tensor Placed(Tensor made, ScalarType? dtype, Device? device)
    {
        try
        {
            device = InitializeDevice(device);
            var type = dtype ?? made.dtype;
            if (type == made.dtype && device.type == DeviceType.CPU) return made;
            return made.to(type, device, disposeAfter: true);
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    private static Tensor Recorded(Tensor made, bool requires_grad)
    {
        if (!requires_grad) return made;
        try
        {
            return made.requires_grad_();
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    private static long[] Lengths(Array array) => [.. Enumerable.Range(0, array.Rank).Select(array.GetLongLength)];

    // The array is pinned until the last native tensor over it is gone.
    private static Tensor Shared(Array array, long offset, long[] shape)
    {
        var element = array.GetType().GetElementType()!;
        var type = ToScalarType(element);
        var pin = new PinnedGCHandle<Array>(array);
        nint context = PinnedGCHandle<Array>.ToIntPtr(pin);
        void* first = Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array));
        fixed (long* sizes = shape)
        {
            nint handle = NativeMethods.brew_from_blob(
                (byte*)first + offset * type.ElementSize(), sizes, shape.Length, (int)type, &Release, context);
            if (handle != 0) return new Tensor(handle);
        }
        string failure = NativeMethods.LastError;
        pin.Dispose();
        throw new ExternalException(failure);
    }

    [UnmanagedCallersOnly]
    private static void Release(nint context)
    {
        var pin = PinnedGCHandle<Array>.FromIntPtr(context);
        pin.Dispose();
    }
}
