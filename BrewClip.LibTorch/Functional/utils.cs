using TorchSharp.Interop;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>What is done to gradients between backward and step.</summary>
        public static partial class utils
        {
            private static readonly Operator VectorNorm = new("linalg_vector_norm"), Stack = new("stack"),
            TimesInPlace = new("mul_", "Scalar"), ClampInPlace = new("clamp_");

            /// <summary>
            /// Scales the gradients so that their common norm is at most max_norm; those without a gradient are passed over.
            /// </summary>
            /// <returns>The norm before; NaN or infinite when a gradient is.</returns>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2.0)
            {
                using var silent = no_grad();
                var gradients = GradientsOf(tensors);
                try
                {
                    var norm = CommonNorm(gradients, norm_type);
                    var factor = max_norm / (norm + 1e-6);
                    // Not written as factor < 1: a norm that is no number has to show in the gradients.
                    if (!(factor >= 1))
                    {
                        gradients.ForEach(gradient => TimesInPlace.Apply(gradient, factor));
                    }
                    return norm;
                }
                finally
                {
                    gradients.ForEach(gradient => gradient.Dispose());
                }
            }

            /// <summary>Cuts every element of the gradients to [-clip_value, clip_value].</summary>
            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                using var silent = no_grad();
                foreach (var gradient in GradientsOf(tensors))
                {
                    ClampInPlace.Apply(gradient, -clip_value, clip_value);
                    gradient.Dispose();
                }
            }

            private static List<Tensor> GradientsOf(IEnumerable<Parameter> tensors) =>
                [.. tensors.Select(tensor => tensor.grad).OfType<Tensor>()];

            // One number comes to the host at the end: on a GPU each would wait for all that was queued before it.
            private static double CommonNorm(List<Tensor> gradients, double type)
            {
                if (gradients.Count == 0)
                {
                    return 0;
                }
                Tensor[] norms = [.. gradients.Select(gradient => Norm(gradient, type))];
                try
                {
                    using var all = Stack.Call(norms, 0);
                    using var norm = Norm(all, type);
                    return norm.ToDouble();
                }
                finally
                {
                    Array.ForEach(norms, norm => norm.Dispose());
                }
            }

            private static Tensor Norm(Tensor tensor, double type) => VectorNorm.Call(tensor, type, Argument.None, false, Argument.None);
        }
    }
}
