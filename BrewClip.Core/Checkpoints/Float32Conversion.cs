using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace BrewClip.Core.Checkpoints;

/// <summary>Little-endian bytes of any numeric element type to float32, and float32 to the 16-bit types.</summary>
internal static class Float32Conversion
{
    private const int MantissaBitsDropped = 16;

    /// <exception cref="NotSupportedException">The type has no float32 reading.</exception>
    public static void ThrowIfUnsupported(TensorInfo tensor)
    {
        if (tensor.Type is SafetensorsType.Float4 or SafetensorsType.Float6E2M3 or SafetensorsType.Float6E3M2 or SafetensorsType.Complex64)
        {
            throw new NotSupportedException(
                $"Tensor '{tensor.Name}' of '{tensor.File}' is stored as {tensor.Type.HeaderName()}, which has no float32 reading: take "
                + "its bytes.");
        }
    }

    /// <summary>Converts every element of <paramref name="source"/>; lengths must agree. Rounding is to nearest even, once.</summary>
    public static void ToFloat32(SafetensorsType type, ReadOnlySpan<byte> source, Span<float> destination)
    {
        switch (type)
        {
            case SafetensorsType.Float32:
                MemoryMarshal.Cast<byte, float>(source).CopyTo(destination);
                break;
            case SafetensorsType.Float16:
                TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(source), destination);
                break;
            case SafetensorsType.BFloat16:
                FromBFloat16(MemoryMarshal.Cast<byte, ushort>(source), destination);
                break;
            case SafetensorsType.Float64:
                FromNumber<double>(source, destination);
                break;
            case SafetensorsType.UInt8:
                FromNumber<byte>(source, destination);
                break;
            case SafetensorsType.Int8:
                FromNumber<sbyte>(source, destination);
                break;
            case SafetensorsType.Int16:
                FromNumber<short>(source, destination);
                break;
            case SafetensorsType.UInt16:
                FromNumber<ushort>(source, destination);
                break;
            case SafetensorsType.Int32:
                FromNumber<int>(source, destination);
                break;
            case SafetensorsType.UInt32:
                FromNumber<uint>(source, destination);
                break;
            case SafetensorsType.Int64:
                FromNumber<long>(source, destination);
                break;
            case SafetensorsType.UInt64:
                FromNumber<ulong>(source, destination);
                break;
            default:
                FromTable(Float8.Table(type), source, destination);
                break;
        }
    }

    /// <summary>Rounds to nearest even; a NaN stays a NaN.</summary>
    public static void ToBFloat16(ReadOnlySpan<float> source, Span<ushort> destination)
    {
        for (int i = 0; i < source.Length; i++)
        {
            uint bits = BitConverter.SingleToUInt32Bits(source[i]);
            uint rounded = (bits + 0x7FFF + ((bits >> MantissaBitsDropped) & 1)) >> MantissaBitsDropped;
            destination[i] = float.IsNaN(source[i]) ? (ushort)((bits >> MantissaBitsDropped) | 0x40) : (ushort)rounded;
        }
    }

    private static void FromNumber<T>(ReadOnlySpan<byte> source, Span<float> destination)
        where T : unmanaged, INumberBase<T> =>
        TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, T>(source), destination);

    private static void FromBFloat16(ReadOnlySpan<ushort> source, Span<float> destination)
    {
        var bits = MemoryMarshal.Cast<float, uint>(destination);
        int i = 0;
        for (; i <= source.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            Vector.Widen(new Vector<ushort>(source[i..]), out var low, out var high);
            Vector.ShiftLeft(low, MantissaBitsDropped).CopyTo(bits[i..]);
            Vector.ShiftLeft(high, MantissaBitsDropped).CopyTo(bits[(i + Vector<uint>.Count)..]);
        }

        for (; i < source.Length; i++)
        {
            bits[i] = (uint)source[i] << MantissaBitsDropped;
        }
    }

    private static void FromTable(float[] table, ReadOnlySpan<byte> source, Span<float> destination)
    {
        for (int i = 0; i < source.Length; i++)
        {
            destination[i] = table[source[i]];
        }
    }
}
