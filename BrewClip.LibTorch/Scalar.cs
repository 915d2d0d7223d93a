using System.Numerics;
using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>
/// A number passed to an operator: an integer, a real, a truth value or a complex number. Immutable; disposing it does nothing.
/// </summary>
public sealed class Scalar : IDisposable
{
    internal readonly ArgumentKind Kind;
    internal readonly long Bits;
    internal readonly Complex Complex;

    private Scalar(torch.ScalarType type, ArgumentKind kind, long bits, Complex complex = default)
    {
        Type = type;
        Kind = kind;
        Bits = bits;
        Complex = complex;
    }

    /// <summary>The element type that the number came as.</summary>
    public torch.ScalarType Type { get; }

    /// <summary>The number as a double; a complex number gives its real part.</summary>
    internal double Real => Kind switch
    {
        ArgumentKind.Double => BitConverter.Int64BitsToDouble(Bits),
        ArgumentKind.Complex => Complex.Real,
        _ => Bits,
    };

    internal long Integer => Kind is ArgumentKind.Int or ArgumentKind.Bool ? Bits : checked((long)Real);

    private static Scalar Whole(torch.ScalarType type, long value) => new(type, ArgumentKind.Int, value);
    private static Scalar Floating(torch.ScalarType type, double value) =>
        new(type, ArgumentKind.Double, BitConverter.DoubleToInt64Bits(value));

    /// <summary>A scalar of a tensor's element type, read from the shim's result.</summary>
    internal static Scalar From(torch.ScalarType type, NativeArgument value) => new(type, value.Kind, value.Bits);

    /// <summary>A complex scalar of the given element type.</summary>
    internal static Scalar From(torch.ScalarType type, Complex value) => new(type, ArgumentKind.Complex, 0, value);

    /// <summary>An 8-bit unsigned integer.</summary>
    public static implicit operator Scalar(byte value) => Whole(torch.ScalarType.Byte, value);

    /// <summary>An 8-bit integer.</summary>
    public static implicit operator Scalar(sbyte value) => Whole(torch.ScalarType.Int8, value);

    /// <summary>A 16-bit integer.</summary>
    public static implicit operator Scalar(short value) => Whole(torch.ScalarType.Int16, value);

    /// <summary>A 32-bit integer.</summary>
    public static implicit operator Scalar(int value) => Whole(torch.ScalarType.Int32, value);

    /// <summary>A 64-bit integer.</summary>
    public static implicit operator Scalar(long value) => Whole(torch.ScalarType.Int64, value);

    /// <summary>A half-precision number.</summary>
    public static implicit operator Scalar(Half value) => Floating(torch.ScalarType.Float16, (double)value);

    /// <summary>A single-precision number.</summary>
    public static implicit operator Scalar(float value) => Floating(torch.ScalarType.Float32, value);

    /// <summary>A double-precision number.</summary>
    public static implicit operator Scalar(double value) => Floating(torch.ScalarType.Float64, value);

    /// <summary>A truth value.</summary>
    public static implicit operator Scalar(bool value) => new(torch.ScalarType.Bool, ArgumentKind.Bool, value ? 1 : 0);

    /// <summary>A single-precision complex number.</summary>
    public static implicit operator Scalar((float, float) value) =>
        From(torch.ScalarType.ComplexFloat32, new Complex(value.Item1, value.Item2));

    /// <summary>A double-precision complex number.</summary>
    public static implicit operator Scalar(Complex value) => From(torch.ScalarType.ComplexFloat64, value);

    /// <summary>Nothing is held: there for source compatibility.</summary>
    public void Dispose()
    {
    }
}

/// <summary>Conversions of numbers to scalars and back.</summary>
public static class ScalarExtensionMethods
{
    /// <summary>The number as a scalar.</summary>
    public static Scalar ToScalar(this byte value) => value;

    /// <summary>The number as a scalar.</summary>
    public static Scalar ToScalar(this sbyte value) => value;

    /// <summary>The number as a scalar.</summary>
    public static Scalar ToScalar(this short value) => value;

    /// <summary>The number as a scalar.</summary>
    public static Scalar ToScalar(this int value) => value;

    /// <summary>The number as a scalar.</summary>
    public static Scalar ToScalar(this long value) => value;

    /// <summary>The number as a scalar.</summary>
    public static Scalar ToScalar(this float value) => value;

    /// <summary>The number as a scalar.</summary>
    public static Scalar ToScalar(this double value) => value;

    /// <summary>The truth value as a scalar.</summary>
    public static Scalar ToScalar(this bool value) => value;

    /// <summary>The number as a scalar.</summary>
    public static Scalar ToScalar(this Half value) => value;

    /// <summary>The scalar rounded to half precision.</summary>
    public static Half ToHalf(this Scalar value) => (Half)value.Real;

    /// <summary>The scalar rounded to single precision.</summary>
    public static float ToSingle(this Scalar value) => (float)value.Real;

    /// <summary>The scalar in double precision.</summary>
    public static double ToDouble(this Scalar value) => value.Real;

    /// <summary>The scalar as an integer, fractions cut; overflow throws.</summary>
    public static sbyte ToSByte(this Scalar value) => checked((sbyte)value.Integer);

    /// <summary>The scalar as an integer, fractions cut; overflow throws.</summary>
    public static byte ToByte(this Scalar value) => checked((byte)value.Integer);

    /// <summary>The scalar as an integer, fractions cut; overflow throws.</summary>
    public static short ToInt16(this Scalar value) => checked((short)value.Integer);

    /// <summary>The scalar as an integer, fractions cut; overflow throws.</summary>
    public static int ToInt32(this Scalar value) => checked((int)value.Integer);

    /// <summary>The scalar as an integer, fractions cut; overflow throws.</summary>
    public static long ToInt64(this Scalar value) => value.Integer;

    /// <summary>Whether the scalar is not zero.</summary>
    public static bool ToBoolean(this Scalar value) => value.Kind == ArgumentKind.Complex ? value.Complex != Complex.Zero : value.Real != 0;

    /// <summary>The scalar as a single-precision complex number.</summary>
    public static (float Real, float Imaginary) ToComplexFloat32(this Scalar value) => ((float)value.Real, (float)value.Complex.Imaginary);

    /// <summary>The scalar as a double-precision complex number.</summary>
    public static Complex ToComplexFloat64(this Scalar value) => new(value.Real, value.Complex.Imaginary);
}
