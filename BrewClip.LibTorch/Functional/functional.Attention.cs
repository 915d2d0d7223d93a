using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly Operator AttentionOperator = new("brewclip::attention");

            /// <summary>softmax(query·keyᵀ / √width + mask)·value over the last two dimensions [..., length, width].</summary>
            /// <remarks>
            /// [batch, heads, length, width] in float32 on the CPU without dropout never writes the scores: strides may be any while width
            /// is contiguous, half precisions pass through float32. Everything else is composed of products and a softmax, or libtorch's
            /// own where it has one.
            /// </remarks>
            /// <param name="query">[..., queries, width].</param>
            /// <param name="key">[..., keys, width].</param>
            /// <param name="value">[..., keys, any].</param>
            /// <param name="attn_mask">Broadcast to [..., queries, keys]: Bool (true takes part) or a number to add; a row that nothing
            /// takes part in gives zeros.</param>
            /// <param name="p">Probability of dropout on the attention.</param>
            /// <param name="is_casual">Whether a query sees only keys up to its own position; not with a mask.</param>
            public static Tensor scaled_dot_product_attention(
                Tensor query, Tensor key, Tensor value, Tensor? attn_mask = null, double p = 0.0, bool is_casual = false)
            {
                if (is_casual && attn_mask is not null)
                {
                    throw new ArgumentException("Attention takes either a mask or is_casual.", nameof(attn_mask));
                }
                return AttentionOperator.Call(query, key, value, Argument.Optional(attn_mask), p, is_casual, Argument.None);
            }
        }
    }
}
