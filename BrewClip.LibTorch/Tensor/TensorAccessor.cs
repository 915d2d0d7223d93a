using System.Collections;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchSharp.Utils;

/// <summary>The elements of a tensor on the CPU in row-major order, whatever its strides. Holds the tensor, does not own it.</summary>
public sealed unsafe class TensorAccessor<T> : IDisposable, IEnumerable<T>
    where T : unmanaged
{
    private readonly long[] shape;
    private readonly long[] strides;
    private readonly bool contiguous;
    private torch.Tensor? tensor;

    internal TensorAccessor(torch.Tensor tensor)
    {
        _ = tensor.CpuData();
        this.tensor = tensor;
        shape = tensor.shape;
        strides = tensor.stride();
        contiguous = tensor.is_contiguous();
        Count = tensor.numel();
    }

    /// <summary>How many elements there are.</summary>
    public long Count { get; }

    /// <summary>Elements can be set.</summary>
    public bool IsReadOnly => false;

    // Asked anew each time: a disposed tensor throws instead of showing freed memory.
    private T* First => (T*)(tensor ?? throw new ObjectDisposedException(typeof(TensorAccessor<T>).Name)).CpuData();

    /// <summary>The element at a row-major position, or at one index per dimension.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such position.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its dimension.</exception>
    public T this[params long[] indices]
    {
        get => At(Offset(indices));
        set
        {
            First[Offset(indices)] = value;
            GC.KeepAlive(tensor);
        }
    }

    /// <summary>The elements in row-major order, as a new array.</summary>
    public T[] ToArray()
    {
        var result = new T[Count];
        CopyTo(result.AsSpan());
        return result;
    }

    /// <summary>The elements as a new array of the tensor's rank; a single element gives an array of one.</summary>
    public Array ToNDArray()
    {
        if (shape.Length < 2) return ToArray();
        var result = Array.CreateInstance(typeof(T), shape);
        ref byte start = ref MemoryMarshal.GetArrayDataReference(result);
        CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref start), checked((int)Count)));
        return result;
    }

    /// <summary>Copies elements from a position on into the array, as many as fit.</summary>
    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    /// <summary>Copies elements from a position on into the span, as many as fit.</summary>
    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        array = array[arrayIndex..];
        int count = Fitting(array.Length, tensorIndex);
        T* first = First;
        if (contiguous) new ReadOnlySpan<T>(first + tensorIndex, count).CopyTo(array);
        else for (int i = 0; i < count; i++) array[i] = first[Offset(tensorIndex + i)];
        GC.KeepAlive(tensor);
    }

    /// <summary>Sets elements from a position on, as many as the array has.</summary>
    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyFrom(array.AsSpan(), arrayIndex, tensorIndex);

    /// <summary>Sets elements from a position on, as many as the span has.</summary>
    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        array = array[arrayIndex..];
        int count = Fitting(array.Length, tensorIndex);
        T* first = First;
        if (contiguous) array[..count].CopyTo(new Span<T>(first + tensorIndex, count));
        else for (int i = 0; i < count; i++) first[Offset(tensorIndex + i)] = array[i];
        GC.KeepAlive(tensor);
    }

    private int Fitting(int length, long tensorIndex)
    {
        if (Count == 0) return 0;
        ArgumentOutOfRangeException.ThrowIfNegative(tensorIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(tensorIndex, Count);
        return (int)Math.Min(length, Count - tensorIndex);
    }

    private long Offset(ReadOnlySpan<long> indices)
    {
        if (indices.Length == 1 && shape.Length != 1)
        {
            if (indices[0] >= Count || indices[0] < 0)
                throw new ArgumentOutOfRangeException(nameof(indices), $"{indices[0]} in a collection of {Count} elements.");
            return Offset(indices[0]);
        }
        if (indices.Length != shape.Length) throw new ArgumentException(
            $"{indices.Length} indices for {shape.Length} dimensions.", nameof(indices));
        long offset = 0;
        for (int i = 0; i < shape.Length; i++)
        {
            if (indices[i] < 0 || indices[i] >= shape[i])
                throw new IndexOutOfRangeException($"Index {indices[i]} is outside the {shape[i]} elements of dimension {i}.");
            offset += indices[i] * strides[i];
        }
        return offset;
    }

    private long Offset(long position)
    {
        if (contiguous) return position;
        long offset = 0;
        for (int i = shape.Length - 1; i >= 0; i--)
        {
            position = Math.DivRem(position, shape[i], out long index);
            offset += index * strides[i];
        }
        return offset;
    }

    /// <summary>The elements in row-major order.</summary>
    public IEnumerator<T> GetEnumerator()
    {
        for (long i = 0; i < Count; i++) yield return At(Offset(i));
    }

    // The collector sees the pointer not at all: the tensor must outlive the read.
    private T At(long offset)
    {
        T value = First[offset];
        GC.KeepAlive(tensor);
        return value;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Lets go of the tensor.</summary>
    public void Dispose() => tensor = null;

    /// <summary>Whether both hold equal elements in the same order.</summary>
    public static bool operator ==(TensorAccessor<T> left, TensorAccessor<T> right) => left.Equals(right);

    /// <summary>Whether any element differs.</summary>
    public static bool operator !=(TensorAccessor<T> left, TensorAccessor<T> right) => !left.Equals(right);

    /// <summary>Whether both hold equal elements in the same order.</summary>
    public override bool Equals(object? obj) => obj is TensorAccessor<T> other && Count == other.Count && this.SequenceEqual(other);

    /// <summary>By identity: the elements may change.</summary>
    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);
}
