using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Layers without state.</summary>
        public static partial class functional
        {
            private static readonly Operator GeluOperator = new("gelu"), GeluInPlace = new("gelu_");
            private static readonly Operator ReluOperator = new("relu"), ReluInPlace = new("relu_");
            private static readonly Operator SiluOperator = new("silu"), SiluInPlace = new("silu_");
            private static readonly Operator SigmoidOperator = new("sigmoid"), SigmoidInPlace = new("sigmoid_");
            private static readonly Operator TanhOperator = new("tanh"), TanhInPlace = new("tanh_");
            private static readonly Operator SoftplusOperator = new("softplus");
            private static readonly Operator SoftmaxOperator = new("softmax", "int"), LogSoftmaxOperator = new("log_softmax", "int");
            private static readonly Operator DropoutOperator = new("dropout"), DropoutInPlace = new("dropout_");
            private static readonly Operator OneHotOperator = new("one_hot");
            private static readonly Operator Im2ColOperator = new("im2col");

            /// <summary>x·Φ(x), the exact form.</summary>
            public static Tensor gelu(Tensor x, bool inplace)
            {
                if (inplace) return GeluInPlace.Call(x, "none");
                return x.requires_grad && is_grad_enabled() ? GeluWithGradient(x) : GeluOperator.Call(x, "none");
            }

            // libtorch 1.13 computes garbage where the gradient that comes back is laid out otherwise than the input. Two views, which cost
            // nothing forwards, bring it into row-major order on its way.
            private static Tensor GeluWithGradient(Tensor x)
            {
                using var input = x.contiguous();
                using var activated = GeluOperator.Call(input, "none");
                using var flat = activated.view(-1);
                return flat.view(x.shape);
            }

            /// <summary>x·Φ(x), the exact form.</summary>
            public static Tensor gelu(Tensor x) => gelu(x, false);

            /// <summary>max(x, 0).</summary>
            public static Tensor relu(Tensor x, bool inplace = false) => (inplace ? ReluInPlace : ReluOperator).Call(x);

            /// <summary>x·sigmoid(x).</summary>
            public static Tensor silu(Tensor x, bool inplace = false) => (inplace ? SiluInPlace : SiluOperator).Call(x);

            /// <summary>1 / (1 + exp(-x)).</summary>
            public static Tensor sigmoid(Tensor x, bool inplace) => (inplace ? SigmoidInPlace : SigmoidOperator).Call(x);

            /// <summary>1 / (1 + exp(-x)).</summary>
            public static Tensor sigmoid(Tensor x) => sigmoid(x, false);

            /// <summary>The hyperbolic tangent.</summary>
            public static Tensor tanh(Tensor x, bool inplace = false) => (inplace ? TanhInPlace : TanhOperator).Call(x);

            /// <summary>log(1 + exp(beta·x)) / beta; x itself where beta·x exceeds the threshold.</summary>
            public static Tensor softplus(Tensor x, double beta = 1, double threshold = 20) => SoftplusOperator.Call(x, beta, threshold);

            /// <summary>exp(x) / sum exp(x) along a dimension, computed in dtype where one is given.</summary>
            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => SoftmaxOperator.Call(input, dim, dtype);

            /// <summary>The logarithm of the softmax along a dimension.</summary>
            public static Tensor log_softmax(Tensor x, long dim) => LogSoftmaxOperator.Call(x, dim, Argument.None);

            /// <summary>In training sets elements to zero with probability p and scales the others by 1 / (1 - p).</summary>
            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                (inplace ? DropoutInPlace : DropoutOperator).Call(input, p, training);

            /// <summary>
            /// A last dimension of zeros with a one at each Int64 index; num_classes -1 takes the largest index plus one.
            /// </summary>
            public static Tensor one_hot(Tensor x, long num_classes = -1) =>
                x.dtype == ScalarType.Int64
                    ? OneHotOperator.Call(x, num_classes)
                    : throw new ArgumentException($"one_hot takes Int64 indices, not {x.dtype}.", nameof(x));

            /// <summary>Sliding blocks of [batch, channels, height, width] as columns [batch, channels·kernel, blocks].</summary>
            public static Tensor unfold(Tensor input, long kernel_size, long dilation = 1, long padding = 0, long stride = 1) =>
                unfold(input, (kernel_size, kernel_size), (dilation, dilation), (padding, padding), (stride, stride));

            /// <summary>Sliding blocks of [batch, channels, height, width] as columns [batch, channels·kernel, blocks].</summary>
            public static Tensor unfold(
                Tensor input, (long, long) kernel_size, (long, long)? dilation = null, (long, long)? padding = null,
                (long, long)? stride = null) =>
                Im2ColOperator.Call(input, Pair(kernel_size), Pair(dilation ?? (1, 1)), Pair(padding ?? (0, 0)), Pair(stride ?? (1, 1)));

            private static long[] Pair((long, long) pair) => [pair.Item1, pair.Item2];
        }
    }
}
