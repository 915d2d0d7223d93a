using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly Operator MatrixProduct = new("matmul"), Transpose = new("transpose", "int"), Ones = new("ones");
            private static readonly Operator Times = new("mul", "Scalar"), Plus = new("add", "Tensor");
            private static readonly Operator LowerTriangle = new("tril"), Not = new("logical_not"), Equal = new("eq", "Scalar"), All = new("all", "dim");
            private static readonly Operator FilledWhere = new("masked_fill", "Scalar");

            /// <summary>softmax(query·keyᵀ / √width + mask)·value over the last two dimensions [..., length, width].</summary>
            /// <param name="query">[..., queries, width].</param>
            /// <param name="key">[..., keys, width].</param>
            /// <param name="value">[..., keys, any].</param>
            /// <param name="attn_mask">Broadcast to [..., queries, keys]: Bool (true takes part) or a number to add; a row that nothing takes part in gives zeros.</param>
            /// <param name="p">Probability of dropout on the attention.</param>
            /// <param name="is_casual">Whether a query sees only keys up to its own position; not with a mask.</param>
            public static Tensor scaled_dot_product_attention(
                Tensor query, Tensor key, Tensor value, Tensor? attn_mask = null, double p = 0.0, bool is_casual = false)
            {
                if (is_casual && attn_mask is not null)
                {
                    throw new ArgumentException("Attention takes either a mask or is_casual.", nameof(attn_mask));
                }
                using var weights = AttentionWeights(query, key, attn_mask, is_casual);
                if (p <= 0)
                {
                    return MatrixProduct.Call(weights, value);
                }
                using var thinned = DropoutOperator.Call(weights, p, true);
                return MatrixProduct.Call(thinned, value);
            }

            private static Tensor AttentionWeights(Tensor query, Tensor key, Tensor? mask, bool causal)
            {
                using var scaled = Times.Call(query, 1 / Math.Sqrt(query.size(-1)));
                using var turned = Transpose.Call(key, -2, -1);
                using var scores = MatrixProduct.Call(scaled, turned);
                if (causal)
                {
                    using var all = Ones.Call(new[] { query.size(-2), key.size(-2) }, ScalarType.Bool, Argument.None, query.device, Argument.None);
                    using var seen = LowerTriangle.Call(all, 0);
                    using var visible = Masked(scores, seen);
                    return softmax(visible, -1);
                }
                if (mask is null)
                {
                    return softmax(scores, -1);
                }
                using var masked = Masked(scores, mask);
                return SoftmaxOrZeros(masked);
            }

            private static Tensor Masked(Tensor scores, Tensor mask)
            {
                if (mask.dtype != ScalarType.Bool)
                {
                    return Plus.Call(scores, mask, 1);
                }
                using var hidden = Not.Call(mask);
                return FilledWhere.Call(scores, hidden, double.NegativeInfinity);
            }

            // A row of nothing but -inf would be 0/0, in the gradient too: it is taken out before the softmax and zeroed after it.
            private static Tensor SoftmaxOrZeros(Tensor scores)
            {
                using var absent = Equal.Call(scores, double.NegativeInfinity);
                using var empty = All.Call(absent, -1, true);
                using var finite = FilledWhere.Call(scores, empty, 0.0);
                using var weights = softmax(finite, -1);
                return FilledWhere.Call(weights, empty, 0.0);
            }
        }
    }
}
