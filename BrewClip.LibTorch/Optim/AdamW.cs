using TorchSharp.Modules;
using static TorchSharp.torch.optim;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            /// <summary>
            /// AdamW (Loshchilov and Hutter): Adam whose weight decay shrinks the weights themselves; its default is 0, as in TorchSharp.
            /// </summary>
            public static AdamW AdamW(
                IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            /// <summary>
            /// AdamW (Loshchilov and Hutter): Adam whose weight decay shrinks the weights themselves; its default is 0, as in TorchSharp.
            /// </summary>
            public static AdamW AdamW(
                IEnumerable<(string name, Parameter parameter)> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999,
                double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters.Select(named => named.parameter), lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            /// <summary>
            /// AdamW (Loshchilov and Hutter): Adam whose weight decay shrinks the weights themselves; its default is 0, as in TorchSharp.
            /// </summary>
            public static AdamW AdamW(
                IEnumerable<AdamW.ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>
    /// AdamW (Loshchilov and Hutter): Adam whose weight decay shrinks the weights themselves; its default is 0, as in TorchSharp.
    /// </summary>
    public class AdamW : AdamOptimizer
    {
        /// <summary>One group of parameters.</summary>
        public AdamW(
            IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
            double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
        {
        }

        /// <summary>Groups of parameters; what their options leave open is taken from the arguments.</summary>
        public AdamW(
            IEnumerable<ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
            double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            : base(OptionsOf(lr, beta1, beta2, eps, weight_decay, amsgrad, maximize))
        {
            foreach (var group in parameters)
            {
                add_param_group(group);
            }
        }

        private protected override bool DecoupledDecay => true;

        /// <summary>Adds a group, whose options must be this optimizer's kind or null.</summary>
        public override void add_param_group(Modules.ParamGroup param_group)
        {
            param_group.Options ??= new Options();
            Add(param_group, (Options)param_group.Options, parameter => new State(parameter));
        }

        private static Options OptionsOf(
            double lr, double beta1, double beta2, double eps, double weight_decay, bool amsgrad, bool maximize) => new()
            {
                LearningRate = lr,
                beta1 = beta1,
                beta2 = beta2,
                eps = eps,
                weight_decay = weight_decay,
                amsgrad = amsgrad,
                maximize = maximize,
            };

        /// <summary>A group's settings.</summary>
        public class Options : AdamSettings
        {
        }

        /// <summary>What is kept for one parameter.</summary>
        public sealed class State : AdamMoments
        {
            /// <summary>State of a parameter, empty before it is initialised.</summary>
            public State(Parameter parameter) : base(parameter)
            {
            }
        }

        /// <summary>Parameters that share their settings.</summary>
        public class ParamGroup : ParamGroup<Options>, IBetas
        {
            /// <summary>An empty group.</summary>
            public ParamGroup()
            {
            }

            /// <summary>A group with its options.</summary>
            public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options)
            {
            }

            /// <summary>A group with its settings.</summary>
            public ParamGroup(
                IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                double weight_decay = 0, bool amsgrad = false, bool maximize = false)
                : base(parameters, OptionsOf(lr, beta1, beta2, eps, weight_decay, amsgrad, maximize))
            {
            }

            /// <inheritdoc/>
            public (double, double) Betas
            {
                get => (Options.beta1!.Value, Options.beta2!.Value);
                set => (Options.beta1, Options.beta2) = (value.Item1, value.Item2);
            }
        }
    }
}
