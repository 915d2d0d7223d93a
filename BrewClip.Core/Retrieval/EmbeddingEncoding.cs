using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace BrewClip.Core.Retrieval;

/// <summary>Normalises vectors, and converts them between float32 and what an index stores.</summary>
internal static unsafe class EmbeddingEncoding
{
    private const float LargestCode = 127;

    /// <summary>Bytes per dimension of the scanned form.</summary>
    public static int ElementSize(EmbeddingStorage storage) => storage switch
    {
        EmbeddingStorage.Float32 => sizeof(float),
        EmbeddingStorage.Float16 => sizeof(ushort),
        EmbeddingStorage.Int8 => sizeof(sbyte),
        _ => throw new ArgumentOutOfRangeException(nameof(storage), storage, "The storage must be Float32, Float16 or Int8."),
    };

    /// <summary>Writes <paramref name="vector"/> over its length, and zeros after it.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="destination">Its padded place.</param>
    /// <param name="what">What to call the vector in an exception's message.</param>
    /// <exception cref="ArgumentException">The vector is zero, or has a component that is no finite number.</exception>
    public static void Normalize(ReadOnlySpan<float> vector, Span<float> destination, string what)
    {
        double squares = 0;
        foreach (float value in vector)
        {
            squares += (double)value * value;
        }

        if (!double.IsFinite(squares))
        {
            throw new ArgumentException($"{what} has a component that is no finite number: it has no direction to compare.");
        }

        if (squares == 0)
        {
            throw new ArgumentException($"{what} is zero in every component: it has no direction to compare.");
        }

        double inverseLength = 1 / Math.Sqrt(squares);
        for (int i = 0; i < vector.Length; i++)
        {
            destination[i] = (float)(vector[i] * inverseLength);
        }

        destination[vector.Length..].Clear();
    }

    /// <summary>Encodes a normalised, padded row.</summary>
    public static void Encode(ReadOnlySpan<float> row, EmbeddingStorage storage, byte* vector, float* scale, Half* rescoring)
    {
        switch (storage)
        {
            case EmbeddingStorage.Float32:
                row.CopyTo(new Span<float>(vector, row.Length));
                break;
            case EmbeddingStorage.Float16:
                TensorPrimitives.ConvertToHalf(row, new Span<Half>(vector, row.Length));
                break;
            default:
                EncodeInt8(row, (sbyte*)vector, scale);
                TensorPrimitives.ConvertToHalf(row, new Span<Half>(rescoring, row.Length));
                break;
        }
    }

    /// <summary>Expands encoded rows to float32; int8 codes stay whole numbers, their scale is applied to the score.</summary>
    /// <param name="source">The rows.</param>
    /// <param name="storage">How they are encoded.</param>
    /// <param name="count">How many elements: a multiple of <see cref="DotProducts.Alignment"/>.</param>
    /// <param name="destination">Receives <paramref name="count"/> values.</param>
    public static void Expand(byte* source, EmbeddingStorage storage, long count, float* destination)
    {
        if (storage == EmbeddingStorage.Float16)
        {
            ExpandFloat16((short*)source, count, destination);
        }
        else
        {
            ExpandInt8((sbyte*)source, count, destination);
        }
    }

    /// <summary>Decodes float16 bits that were widened with their sign.</summary>
    /// <remarks>
    /// A float16's exponent and fraction, moved to float32's places, are its value times 2^-112 (the exponents' biases are 15 and 127),
    /// subnormals included.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> FromFloat16(Vector<int> bits)
    {
        const float Rebias = 5.192296858534828e33f; // 2^112
        return ((bits << 13) & new Vector<int>(unchecked((int)0x8FFFE000))).As<int, float>() * new Vector<float>(Rebias);
    }

    private static void EncodeInt8(ReadOnlySpan<float> row, sbyte* codes, float* scale)
    {
        float largest = TensorPrimitives.MaxMagnitude(row);
        *scale = Math.Abs(largest) / LargestCode;
        for (int i = 0; i < row.Length; i++)
        {
            codes[i] = (sbyte)MathF.Round(row[i] / *scale);
        }
    }

    private static void ExpandFloat16(short* source, long count, float* destination)
    {
        for (long i = 0; i + Vector<short>.Count <= count; i += Vector<short>.Count)
        {
            Vector.Widen(Vector.Load(source + i), out Vector<int> low, out Vector<int> high);
            Vector.Store(FromFloat16(low), destination + i);
            Vector.Store(FromFloat16(high), destination + i + Vector<float>.Count);
        }

        for (long i = count / Vector<short>.Count * Vector<short>.Count; i < count; i++)
        {
            destination[i] = (float)BitConverter.Int16BitsToHalf(source[i]);
        }
    }

    private static void ExpandInt8(sbyte* source, long count, float* destination)
    {
        int width = Vector<float>.Count;
        long i = 0;
        for (; i + Vector<sbyte>.Count <= count; i += Vector<sbyte>.Count)
        {
            Vector.Widen(Vector.Load(source + i), out Vector<short> low, out Vector<short> high);
            Vector.Widen(low, out Vector<int> first, out Vector<int> second);
            Vector.Widen(high, out Vector<int> third, out Vector<int> fourth);
            Vector.Store(Vector.ConvertToSingle(first), destination + i);
            Vector.Store(Vector.ConvertToSingle(second), destination + i + width);
            Vector.Store(Vector.ConvertToSingle(third), destination + i + 2 * width);
            Vector.Store(Vector.ConvertToSingle(fourth), destination + i + 3 * width);
        }

        for (; i < count; i++)
        {
            destination[i] = source[i];
        }
    }
}
