using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly Operator LayerNormOperator = new("layer_norm");
            private static readonly Operator NormOperator = new("norm", "ScalarOpt_dim");
            private static readonly Operator ClampMinimum = new("clamp_min");
            private static readonly Operator Quotient = new("div", "Tensor");
            private static readonly Operator CosineSimilarityOperator = new("cosine_similarity");

            /// <summary>Normalises the last dimensions to mean 0 and variance 1, then scales by weight and shifts by bias.</summary>
            public static Tensor layer_norm(
                Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5) =>
                LayerNormOperator.Call(input, normalized_shape, Argument.Optional(weight), Argument.Optional(bias), eps, true);

            /// <summary>Divides by the p-norm along a dimension, or by eps where that is larger.</summary>
            public static Tensor normalize(Tensor input, double p = 2.0, long dim = 1L, double eps = 1e-12)
            {
                using var norm = NormOperator.Call(input, p, new[] { dim }, true);
                using var divisor = ClampMinimum.Call(norm, eps);
                return Quotient.Call(input, divisor);
            }

            /// <summary>x1·x2 / (|x1||x2|) along a dimension, norms below eps counting as eps.</summary>
            public static Tensor cosine_similarity(Tensor x1, Tensor x2, long dim = 1, double eps = 1e-8) =>
                CosineSimilarityOperator.Call(x1, x2, dim, eps);
        }
    }
}
