using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace BrewClip.Core.Checkpoints;

/// <summary>One tensor to be written by <see cref="SafetensorsWriter"/>: its bytes are either at hand or produced when their turn
/// comes.</summary>
public sealed class TensorData
{
    private const int ElementsPerBlock = 1 << 14;

    private readonly Action<Stream> _write;

    /// <summary>A tensor whose little-endian bytes are at hand; they are referenced, not copied.</summary>
    /// <exception cref="ArgumentException">The shape has a negative size, or does not agree with the number of bytes.</exception>
    public TensorData(string name, SafetensorsType type, IReadOnlyList<long> shape, ReadOnlyMemory<byte> bytes)
        : this(name, type, shape, stream => stream.Write(bytes.Span))
    {
        if (bytes.Length != ByteLength)
        {
            throw new ArgumentException(
                $"Tensor '{name}' [{string.Join(", ", shape)}] of {type.HeaderName()} takes {ByteLength} bytes; {bytes.Length} were "
                + "given.", nameof(bytes));
        }
    }

    /// <summary>A tensor that <paramref name="write"/> puts into the stream, in order, exactly <see cref="ByteLength"/> bytes of
    /// it.</summary>
    /// <exception cref="ArgumentException">The shape has a negative size or no whole number of bytes below 2^63.</exception>
    public TensorData(string name, SafetensorsType type, IReadOnlyList<long> shape, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(write);
        Name = name;
        Type = type;
        Shape = [.. shape];
        _write = write;
        if (!SafetensorsTypes.TryGetByteLength(type, Shape, out _, out long bytes))
        {
            throw new ArgumentException(
                $"Tensor '{name}' cannot have the shape [{string.Join(", ", shape)}] in {type.HeaderName()}.", nameof(shape));
        }

        ByteLength = bytes;
    }

    /// <summary>The parameter's name.</summary>
    public string Name { get; }

    /// <summary>Element type in the file.</summary>
    public SafetensorsType Type { get; }

    /// <summary>Sizes, row-major; empty for a scalar.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>Bytes in the file.</summary>
    public long ByteLength { get; }

    /// <summary>Float32 values stored as <see cref="SafetensorsType.Float32"/>, or rounded to nearest even as Float16 or BFloat16 while
    /// writing.</summary>
    /// <exception cref="ArgumentException">Another type is asked for, or the shape does not agree with the number of values.</exception>
    public static TensorData FromFloat32(
        string name, IReadOnlyList<long> shape, ReadOnlyMemory<float> values, SafetensorsType type = SafetensorsType.Float32)
    {
        if (type is not (SafetensorsType.Float32 or SafetensorsType.Float16 or SafetensorsType.BFloat16))
        {
            throw new ArgumentException($"Float32 values can be stored as F32, F16 or BF16, not as {type.HeaderName()}.", nameof(type));
        }

        var tensor = new TensorData(name, type, shape, stream => WriteFloat32(stream, values.Span, type));
        return tensor.ByteLength == (long)values.Length * type.BitsPerElement() / 8
            ? tensor
            : throw new ArgumentException(
                $"Tensor '{name}' [{string.Join(", ", shape)}] does not have {values.Length} elements.", nameof(values));
    }

    internal void WriteTo(Stream stream) => _write(stream);

    private static void WriteFloat32(Stream stream, ReadOnlySpan<float> values, SafetensorsType type)
    {
        if (type == SafetensorsType.Float32)
        {
            // In blocks, because the bytes of 2^29 floats or more do not fit one span.
            for (int start = 0; start < values.Length; start += 1 << 24)
            {
                stream.Write(MemoryMarshal.AsBytes(values.Slice(start, Math.Min(1 << 24, values.Length - start))));
            }

            return;
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent(ElementsPerBlock * sizeof(ushort));
        try
        {
            for (int start = 0; start < values.Length; start += ElementsPerBlock)
            {
                var block = values.Slice(start, Math.Min(ElementsPerBlock, values.Length - start));
                var bytes = buffer.AsSpan(0, block.Length * sizeof(ushort));
                Round(block, bytes, type);
                stream.Write(bytes);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void Round(ReadOnlySpan<float> values, Span<byte> bytes, SafetensorsType type)
    {
        if (type == SafetensorsType.Float16)
        {
            TensorPrimitives.ConvertToHalf(values, MemoryMarshal.Cast<byte, Half>(bytes));
        }
        else
        {
            Float32Conversion.ToBFloat16(values, MemoryMarshal.Cast<byte, ushort>(bytes));
        }
    }
}
