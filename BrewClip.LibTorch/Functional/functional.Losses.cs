using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>How a loss of many elements becomes one number.</summary>
        public enum Reduction : long
        {
            /// <summary>It stays as it is.</summary>
            None = 0,

            /// <summary>The mean.</summary>
            Mean = 1,

            /// <summary>The sum.</summary>
            Sum = 2,
        }

        public static partial class functional
        {
            private static readonly Operator CrossEntropyOperator = new("cross_entropy_loss");
            private static readonly Operator NegativeLogLikelihood = new("nll_loss_nd");
            private static readonly Operator SquaredError = new("mse_loss"), AbsoluteError = new("l1_loss"), SmoothAbsoluteError = new(
                "smooth_l1_loss");
            private static readonly Operator BinaryCrossEntropy = new("binary_cross_entropy_with_logits");
            private static readonly Operator KullbackLeibler = new("kl_div");
            private static readonly Operator ConnectionistTemporal = new("ctc_loss", "Tensor");

            /// <summary>Cross entropy of logits [B, C, ...] with class indices [B, ...] or class probabilities [B, C, ...].</summary>
            public static Tensor cross_entropy(
                Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100, Reduction reduction = Reduction.Mean,
                double label_smoothing = 0.0) =>
                CrossEntropyOperator.Call(input, target, Argument.Optional(weight), (long)reduction, ignore_index, label_smoothing);

            /// <summary>Negative log likelihood of log-probabilities [B, C, ...] at class indices [B, ...].</summary>
            public static Tensor nll_loss(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                NegativeLogLikelihood.Call(input, target, Argument.Optional(weight), (long)reduction, -100);

            /// <summary>(input - target)².</summary>
            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                SquaredError.Call(input, target, (long)reduction);

            /// <summary>|input - target|.</summary>
            public static Tensor l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                AbsoluteError.Call(input, target, (long)reduction);

            /// <summary>Quadratic within beta of the target, linear beyond.</summary>
            public static Tensor smooth_l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean, double beta = 1.0) =>
                SmoothAbsoluteError.Call(input, target, (long)reduction, beta);

            /// <summary>Binary cross entropy of logits with probabilities.</summary>
            public static Tensor binary_cross_entropy_with_logits(
                Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null) =>
                BinaryCrossEntropy.Call(input, target, Argument.Optional(weight), Argument.Optional(pos_weights), (long)reduction);

            /// <summary>exp(target)·(target - input) where log_target, else target·(log(target) - input).</summary>
            public static Tensor kl_div(Tensor input, Tensor target, bool log_target = true, Reduction reduction = Reduction.Mean) =>
                KullbackLeibler.Call(input, target, (long)reduction, log_target);

            /// <summary>
            /// Connectionist temporal classification (Graves et al. 2006): minus the log-probability of a target, summed over all its
            /// alignments with the frames. The mean divides each by its target's length first.
            /// </summary>
            /// <param name="log_probs">Log-probabilities [T, N, classes].</param>
            /// <param name="targets">Classes without blanks: int64 [N, longest], or all of them one after another.</param>
            /// <param name="input_lengths">Frames of each, int64 [N].</param>
            /// <param name="target_lengths">Classes of each, int64 [N].</param>
            /// <param name="blank">The class of a frame that writes nothing.</param>
            /// <param name="zero_infinity">Whether targets too long for their frames count nothing, in place of infinity.</param>
            /// <param name="reduction">How the losses of the batch become one number.</param>
            public static Tensor ctc_loss(
                Tensor log_probs, Tensor targets, Tensor input_lengths, Tensor target_lengths, long blank = 0, bool zero_infinity = false,
                Reduction reduction = Reduction.Mean) =>
                ConnectionistTemporal.Call(log_probs, targets, input_lengths, target_lengths, blank, (long)reduction, zero_infinity);
        }
    }
}
