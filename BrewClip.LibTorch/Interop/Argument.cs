namespace TorchSharp.Interop;

/// <summary>What an argument is; the numbers are those of Kind in brewclip_torch.cpp.</summary>
internal enum ArgumentKind
{
    None, Tensor, TensorList, OptionalTensorList, Int, Double, Bool, IntList, DoubleList, BoolList, Device, String, Generator, Complex,
}

/// <summary>One argument of an operator as the shim reads it.</summary>
internal struct NativeArgument
{
    internal ArgumentKind Kind;
    internal int Length;
    internal long Bits;
}

/// <summary>One argument of an operator: a value, and what must stay alive while libtorch uses it.</summary>
internal readonly struct Argument
{
    internal readonly object? Reference;
    internal readonly long Bits;
    internal readonly ArgumentKind Kind;
    internal readonly int Length;

    private Argument(ArgumentKind kind, long bits, object? reference = null, int length = 0)
    {
        Kind = kind;
        Bits = bits;
        Reference = reference;
        Length = length;
    }

    internal static Argument None => default;

    public static implicit operator Argument(torch.Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return new(ArgumentKind.Tensor, tensor.Handle, tensor);
    }

    /// <summary>A tensor that may be absent: null is passed as None.</summary>
    internal static Argument Optional(torch.Tensor? tensor) => tensor is null ? default(Argument) : tensor;

    public static implicit operator Argument(long value) => new(ArgumentKind.Int, value);
    public static implicit operator Argument(int value) => new(ArgumentKind.Int, value);
    public static implicit operator Argument(double value) => new(ArgumentKind.Double, BitConverter.DoubleToInt64Bits(value));
    public static implicit operator Argument(bool value) => new(ArgumentKind.Bool, value ? 1 : 0);
    public static implicit operator Argument(torch.ScalarType value) => new(ArgumentKind.Int, (long)value);
    public static implicit operator Argument(long? value) => value is { } given ? given : default(Argument);
    public static implicit operator Argument(double? value) => value is { } given ? given : default(Argument);
    public static implicit operator Argument(bool? value) => value is { } given ? given : default(Argument);
    public static implicit operator Argument(torch.ScalarType? value) => value is { } given ? given : default(Argument);
    public static implicit operator Argument(string? value) => value is null ? default : new(ArgumentKind.String, 0, value);

    public static implicit operator Argument(torch.Device? device) =>
        device is null ? default : new(ArgumentKind.Device, (long)device.type, device, device.index);

    public static implicit operator Argument(torch.Generator? generator) =>
        generator is null ? default : new(ArgumentKind.Generator, generator.Handle, generator);

    public static implicit operator Argument(long[]? values) => values is null
        ? default
        : new(ArgumentKind.IntList, 0, values, values.Length);
    public static implicit operator Argument(double[]? values) => values is null
        ? default
        : new(ArgumentKind.DoubleList, 0, values, values.Length);

    public static implicit operator Argument(torch.Tensor[] tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        return new(ArgumentKind.TensorList, 0, tensors, tensors.Length);
    }

    /// <summary>The index list of index and index_put_: null leaves a dimension as it is.</summary>
    internal static Argument Indices(torch.Tensor?[] tensors) => new(ArgumentKind.OptionalTensorList, 0, tensors, tensors.Length);

    public static implicit operator Argument(Scalar scalar)
    {
        ArgumentNullException.ThrowIfNull(scalar);
        return scalar.Kind switch
        {
            ArgumentKind.Complex => new(ArgumentKind.Complex, 0, new[] { scalar.Complex.Real, scalar.Complex.Imaginary }, 2),
            var kind => new(kind, scalar.Bits),
        };
    }

    /// <summary>A scalar that may be absent: null is passed as None.</summary>
    internal static Argument Optional(Scalar? scalar) => scalar is null ? default(Argument) : scalar;
}
