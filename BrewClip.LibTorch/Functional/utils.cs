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
            private static readonly Operator VectorNorm = new("linalg_vector_norm"), TimesInPlace = new("mul_", "Scalar"), ClampInPlace = new("clamp_");

            /// <summary>Scales the gradients so that their common norm is at most max_norm; those without a gradient are passed over.</summary>
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

            private static List<Tensor> GradientsOf(IEnumerable<Parameter> tensors) => [.. tensors.Select(tensor => tensor.grad).OfType<Tensor>()];

            private static double CommonNorm(List<Tensor> gradients, double type)
            {
                var norms = gradients.ConvertAll(gradient => NormOf(gradient, type));
                if (norms.Count == 0)
                {
                    return 0;
                }
                if (double.IsPositiveInfinity(type))
                {
                    return norms.Aggregate(Math.Max);
                }
                return type == 2 ? Math.Sqrt(norms.Sum(norm => norm * norm)) : Math.Pow(norms.Sum(norm => Math.Pow(norm, type)), 1 / type);
            }

            private static double NormOf(Tensor gradient, double type)
            {
                using var norm = VectorNorm.Call(gradient, type, Argument.None, false, Argument.None);
                return norm.ToDouble();
            }
        }
    }
}
