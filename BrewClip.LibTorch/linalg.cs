using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Linear algebra.</summary>
    public static partial class linalg
    {
        /// <summary>The norm of given order of the elements along dimensions, of all elements when none are given.</summary>
        public static Tensor vector_norm(Tensor input, double ord = 2d, long[]? dims = null, bool keepdim = false) =>
            Aten.linalg_vector_norm.Call(input, ord, dims, keepdim);

        /// <summary>The Euclidean (of two dimensions, the Frobenius) norm along dimensions, of all elements when none are given.</summary>
        public static Tensor norm(Tensor input, long[]? dims = null, bool keepdim = false) =>
            Aten.linalg_norm.Call(input, Argument.None, dims, keepdim);

        /// <summary>The inverses of square matrices.</summary>
        public static Tensor inv(Tensor input) => Aten.linalg_inv.Call(input);
    }

    /// <summary>Special functions.</summary>
    public static partial class special
    {
        /// <summary>exp(x) over its sum along a dimension.</summary>
        public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

        /// <summary>The logarithm of softmax along a dimension.</summary>
        public static Tensor log_softmax(Tensor input, long dim, ScalarType? dtype = null) => input.log_softmax(dim, dtype);

        /// <summary>1 / (1 + exp(-x)).</summary>
        public static Tensor expit(Tensor input) => input.sigmoid();
    }
}
