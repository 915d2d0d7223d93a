using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Initialisation of parameters, in place and outside the graph.</summary>
        public static class init
        {
            private static readonly Operator Fill = new("fill_", "Scalar"), Uniform = new("uniform_"), Normal = new("normal_");
            private static readonly Operator InverseErrorFunction = new(
                "erfinv_"), Times = new("mul_", "Scalar"), Plus = new("add_", "Scalar"), Clamp = new("clamp_"), ErrorFunction = new("erf");

            /// <summary>What follows a layer, which decides its gain.</summary>
            public enum NonlinearityType
            {
                /// <summary>Nothing.</summary>
                Linear = 0,

                /// <summary>A convolution.</summary>
                Conv1D = 1,

                /// <summary>A convolution.</summary>
                Conv2D = 2,

                /// <summary>A convolution.</summary>
                Conv3D = 3,

                /// <summary>A transposed convolution.</summary>
                ConvTranspose1D = 4,

                /// <summary>A transposed convolution.</summary>
                ConvTranspose2D = 5,

                /// <summary>A transposed convolution.</summary>
                ConvTranspose3D = 6,

                /// <summary>The sigmoid.</summary>
                Sigmoid = 7,

                /// <summary>The hyperbolic tangent.</summary>
                Tanh = 8,

                /// <summary>max(x, 0).</summary>
                ReLU = 9,

                /// <summary>max(x, 0) with a slope below zero.</summary>
                LeakyReLU = 10,
            }

            /// <summary>Which variance an initialisation keeps.</summary>
            public enum FanInOut
            {
                /// <summary>The forward pass's.</summary>
                FanIn = 0,

                /// <summary>The backward pass's.</summary>
                FanOut = 1,
            }

            /// <summary>The factor by which a nonlinearity shrinks the standard deviation; param is LeakyReLU's slope.</summary>
            public static double calculate_gain(NonlinearityType nonlinearity, double param = 0.0) => nonlinearity switch
            {
                NonlinearityType.Tanh => 5.0 / 3.0,
                NonlinearityType.ReLU => Math.Sqrt(2),
                NonlinearityType.LeakyReLU => Math.Sqrt(2 / (1 + (param * param))),
                _ => 1,
            };

            /// <summary>Fills with ones.</summary>
            public static Tensor ones_(Tensor tensor) => Silently(tensor, () => Fill.Apply(tensor, 1.0));

            /// <summary>Fills with zeros.</summary>
            public static Tensor zeros_(Tensor tensor) => Silently(tensor, () => Fill.Apply(tensor, 0.0));

            /// <summary>Fills with one value.</summary>
            public static Tensor constant_(Tensor tensor, Scalar val) => Silently(tensor, () => Fill.Apply(tensor, val));

            /// <summary>Draws from [low, high).</summary>
            public static Tensor uniform_(Tensor tensor, double low = 0, double high = 1, Generator? generator = null) =>
                Silently(tensor, () => Uniform.Apply(tensor, low, high, generator));

            /// <summary>Draws from a normal distribution.</summary>
            public static Tensor normal_(Tensor tensor, double mean = 0, double std = 1, Generator? generator = null) =>
                Silently(tensor, () => Normal.Apply(tensor, mean, std, generator));

            /// <summary>Draws from a normal distribution cut off at the values a and b.</summary>
            public static Tensor trunc_normal_(
                Tensor tensor, double mean = 0.0, double std = 1.0, double a = -2.0, double b = 2.0, Generator? generator = null) =>
                Silently(tensor, () =>
                {
                    Uniform.Apply(tensor, Erf((a - mean) / std / Math.Sqrt(2)), Erf((b - mean) / std / Math.Sqrt(2)), generator);
                    InverseErrorFunction.Apply(tensor);
                    Times.Apply(tensor, std * Math.Sqrt(2));
                    Plus.Apply(tensor, mean, 1);
                    Clamp.Apply(tensor, a, b);
                });

            /// <summary>He's uniform initialisation; a is the slope of a leaky rectifier.</summary>
            public static Tensor kaiming_uniform_(
                Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU)
            {
                var bound = Math.Sqrt(3) * KaimingDeviation(tensor, a, mode, nonlinearity);
                return uniform_(tensor, -bound, bound);
            }

            /// <summary>He's normal initialisation; a is the slope of a leaky rectifier.</summary>
            public static Tensor kaiming_normal_(
                Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU) =>
                normal_(tensor, 0, KaimingDeviation(tensor, a, mode, nonlinearity));

            /// <summary>Glorot's uniform initialisation.</summary>
            public static Tensor xavier_uniform_(Tensor tensor, double gain = 1.0)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                var bound = gain * Math.Sqrt(6.0 / (fanIn + fanOut));
                return uniform_(tensor, -bound, bound);
            }

            /// <summary>How many inputs an output reads, and how many outputs an input reaches.</summary>
            public static (long fanIn, long fanOut) CalculateFanInAndFanOut(Tensor tensor)
            {
                var shape = tensor.shape;
                if (shape.Length < 2)
                {
                    throw new ArgumentException($"A tensor of {shape.Length} dimensions has no fan: it takes two or more.", nameof(tensor));
                }
                var receptive = shape.Skip(2).Aggregate(1L, (product, extent) => product * extent);
                return (shape[1] * receptive, shape[0] * receptive);
            }

            private static double KaimingDeviation(Tensor tensor, double a, FanInOut mode, NonlinearityType nonlinearity)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                var fan = mode == FanInOut.FanIn ? fanIn : fanOut;
                return fan == 0 ? 0 : calculate_gain(nonlinearity, a) / Math.Sqrt(fan);
            }

            private static Tensor Silently(Tensor tensor, Action change)
            {
                using var silent = no_grad();
                change();
                return tensor;
            }

            private static double Erf(double x)
            {
                using var argument = tensor(x);
                using var result = ErrorFunction.Call(argument);
                return result.item<double>();
            }
        }
    }
}
