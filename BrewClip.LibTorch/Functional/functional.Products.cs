using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly Operator LinearOperator = new("linear");
            private static readonly Operator MatrixVector = new("mv"), MatrixVectorPlus = new("addmv");
            private static readonly Operator Conv1dOperator = new("conv1d"), Conv1dNamed = new("conv1d", "padding");
            private static readonly Operator Conv2dOperator = new("conv2d"), Conv2dNamed = new("conv2d", "padding");

            /// <summary>input·weightsᵀ + bias: input [..., in], weights [out, in], bias [out].</summary>
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) =>
                IsOneRow(input, weights)
                    ? LinearOfOneRow(input, weights, bias)
                    : LinearOperator.Call(input, weights, Argument.Optional(bias));

            // One row reads every weight once: the matrix-vector product does that at the memory's rate, the general product does not.
            private static bool IsOneRow(Tensor input, Tensor weights) =>
                weights.dim() == 2 && input.dim() > 0 && input.numel() == weights.size(1) && input.size(-1) == weights.size(1)
                && weights.dtype is (ScalarType.Float32 or ScalarType.Float64);

            private static Tensor LinearOfOneRow(Tensor input, Tensor weights, Tensor? bias)
            {
                if (input.dim() == 1)
                {
                    return Product(input, weights, bias);
                }
                var shape = input.shape;
                shape[^1] = weights.size(0);
                using var row = input.reshape(-1);
                using var product = Product(row, weights, bias);
                return product.reshape(shape);
            }

            private static Tensor Product(Tensor row, Tensor weights, Tensor? bias) =>
                bias is null ? MatrixVector.Call(weights, row) : MatrixVectorPlus.Call(bias, weights, row, 1, 1);

            /// <summary>Convolution of [batch, channels, length]; weight [out, in / groups, kernel].</summary>
            public static Tensor conv1d(
                Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, long? padding = null, long? dilation = null,
                long groups = 1) =>
                Conv1dOperator.Call(
                    input, weight, Argument.Optional(bias), One(stride ?? 1), One(padding ?? 0), One(dilation ?? 1), groups);

            /// <summary>Convolution of [batch, channels, length] with a border given by name.</summary>
            public static Tensor conv1d_padding(
                Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, Padding padding = Padding.Valid,
                long? dilation = null, long groups = 1) =>
                Conv1dNamed.Call(input, weight, Argument.Optional(bias), One(stride ?? 1), NameOf(padding), One(dilation ?? 1), groups);

            /// <summary>Convolution of [batch, channels, height, width]; weight [out, in / groups, kernel height, kernel width].</summary>
            public static Tensor conv2d(
                Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? dilation = null,
                long groups = 1) =>
                Conv2dOperator.Call(
                    input, weight, Argument.Optional(bias), strides ?? [1, 1], padding ?? [0, 0], dilation ?? [1, 1], groups);

            /// <summary>Convolution of [batch, channels, height, width] with a border given by name.</summary>
            public static Tensor conv2d_padding(
                Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, Padding padding = Padding.Valid,
                long[]? dilation = null, long groups = 1) =>
                Conv2dNamed.Call(input, weight, Argument.Optional(bias), strides ?? [1, 1], NameOf(padding), dilation ?? [1, 1], groups);

            private static long[] One(long value) => [value];

            private static string NameOf(Padding padding) => padding == Padding.Same ? "same" : "valid";
        }
    }
}
