using System.Runtime.InteropServices;

namespace BrewClip.Core.Checkpoints;

/// <summary>
/// NumPy's <c>.npy</c> files of float32, float64 and int64 in row-major (C) order. Written as format version 1.0, beside-and-rename;
/// versions 1 to 3 are read, and everything in the header is checked against the file's length before memory is taken.
/// </summary>
public static class NpyFile
{
    private const int BytesPerBlock = 1 << 24;

    /// <summary>Writes <paramref name="values"/>; an empty <paramref name="shape"/> means one dimension of their number.</summary>
    /// <exception cref="ArgumentException">The shape's product is not the number of values.</exception>
    /// <exception cref="IOException">The disk is full or refuses the write; the previous file stays.</exception>
    public static void Write(string path, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape) =>
        Write(path, NpyHeader.Float32, MemoryMarshal.AsBytes(values), values.Length, shape);

    /// <inheritdoc cref="Write(string, ReadOnlySpan{float}, ReadOnlySpan{long})"/>
    public static void Write(string path, ReadOnlySpan<double> values, params ReadOnlySpan<long> shape) =>
        Write(path, NpyHeader.Float64, MemoryMarshal.AsBytes(values), values.Length, shape);

    /// <inheritdoc cref="Write(string, ReadOnlySpan{float}, ReadOnlySpan{long})"/>
    public static void Write(string path, ReadOnlySpan<long> values, params ReadOnlySpan<long> shape) =>
        Write(path, NpyHeader.Int64, MemoryMarshal.AsBytes(values), values.Length, shape);

    /// <summary>Reads a float32 array with its shape, which is empty for a scalar.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no such array; the message names file and fault.</exception>
    public static (float[] Values, long[] Shape) Read(string path) => Read<float>(path, NpyHeader.Float32);

    /// <summary>Reads a float64 array with its shape.</summary>
    /// <inheritdoc cref="Read(string)"/>
    public static (double[] Values, long[] Shape) ReadFloat64(string path) => Read<double>(path, NpyHeader.Float64);

    /// <summary>Reads an int64 array with its shape.</summary>
    /// <inheritdoc cref="Read(string)"/>
    public static (long[] Values, long[] Shape) ReadInt64(string path) => Read<long>(path, NpyHeader.Int64);

    private static void Write(string path, string type, ReadOnlySpan<byte> bytes, int count, ReadOnlySpan<long> shape)
    {
        long[] sizes = shape.IsEmpty ? [count] : shape.ToArray();
        if (sizes.Any(size => size < 0) || sizes.Aggregate((Int128)1, (product, size) => product * size) != count)
        {
            throw new ArgumentException($"[{string.Join(", ", sizes)}] is not the shape of {count} values.", nameof(shape));
        }

        try
        {
            using var file = new PendingFile(path);
            file.Stream.Write(NpyHeader.Encode(type, sizes));
            file.Stream.Write(bytes);
            file.Commit();
        }
        catch (Exception exception) when (DiskFull.Is(exception))
        {
            throw DiskFull.Describe(path, exception);
        }
    }

    private static (T[] Values, long[] Shape) Read<T>(string path, string type)
        where T : unmanaged
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var header = NpyHeader.Read(path, stream);
        if (header.Type != type)
        {
            throw new InvalidDataException($"'{path}' holds an array of '{header.Type}'; '{type}' was asked for.");
        }

        long available = stream.Length - stream.Position;
        var width = Marshal.SizeOf<T>() == sizeof(float) ? SafetensorsType.Float32 : SafetensorsType.Float64;
        if (!SafetensorsTypes.TryGetByteLength(width, header.Shape, out long count, out long bytes)
            || bytes != available
            || count > Array.MaxLength)
        {
            throw new InvalidDataException(
                $"'{path}' declares the shape ({string.Join(", ", header.Shape)}) of '{type}' but holds {available} bytes of data.");
        }

        var values = new T[count];
        for (int start = 0; start < values.Length; start += BytesPerBlock / 8)
        {
            stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan(start, Math.Min(BytesPerBlock / 8, values.Length - start))));
        }

        return (values, header.Shape);
    }
}
