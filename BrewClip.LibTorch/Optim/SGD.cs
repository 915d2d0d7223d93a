using TorchSharp.Interop;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            /// <summary>Stochastic gradient descent with momentum.</summary>
            public static SGD SGD(
                IEnumerable<Parameter> parameters, double learningRate, double momentum = 0, double dampening = 0, double weight_decay = 0,
                bool nesterov = false, bool maximize = false) =>
                new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);

            /// <summary>Stochastic gradient descent with momentum.</summary>
            public static SGD SGD(
                IEnumerable<(string name, Parameter parameter)> parameters, double learningRate, double momentum = 0, double dampening = 0,
                double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new(parameters.Select(named => named.parameter), learningRate, momentum, dampening, weight_decay, nesterov, maximize);

            /// <summary>Stochastic gradient descent with momentum.</summary>
            public static SGD SGD(
                IEnumerable<SGD.ParamGroup> parameters, double learningRate, double momentum = 0.0, double dampening = 0,
                double weight_decay = 0,
                bool nesterov = false, bool maximize = false) =>
                new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Stochastic gradient descent with momentum.</summary>
    public class SGD : OptimizerHelper, IMomentum
    {
        private static readonly Operator Sum = new("add", "Tensor"), Plus = new("add_", "Tensor"), Times = new("mul_", "Scalar"),
        Clone = new("clone");

        /// <summary>One group of parameters.</summary>
        public SGD(
            IEnumerable<Parameter> parameters, double lr, double momentum = 0.0, double dampening = 0, double weight_decay = 0,
            bool nesterov = false, bool maximize = false)
            : this([new ParamGroup { Parameters = parameters }], lr, momentum, dampening, weight_decay, nesterov, maximize)
        {
        }

        /// <summary>Groups of parameters; what their options leave open is taken from the arguments.</summary>
        public SGD(
            IEnumerable<ParamGroup> parameters, double lr, double momentum = 0.0, double dampening = 0, double weight_decay = 0,
            bool nesterov = false, bool maximize = false)
        {
            if (lr < 0 || momentum < 0 || weight_decay < 0)
            {
                throw new ArgumentException($"lr {lr}, momentum {momentum} and weight_decay {weight_decay} have to be 0 or more.");
            }
            if (nesterov && (momentum <= 0 || dampening != 0))
            {
                throw new ArgumentException("Nesterov's method takes a momentum above 0 and no dampening.", nameof(nesterov));
            }
            _defaults = OptionsOf(lr, momentum, dampening, weight_decay, nesterov, maximize);
            foreach (var group in parameters)
            {
                add_param_group(group);
            }
        }

        /// <summary>The defaults' momentum; groups that exist already keep theirs.</summary>
        public double Momentum
        {
            get => ((Options)_defaults).momentum!.Value;
            set => ((Options)_defaults).momentum = value;
        }

        /// <inheritdoc/>
        public override Tensor? step(Func<Tensor>? closure = null) => _step<ParamGroup>(
            group =>
            {
                foreach (var parameter in group.Parameters)
                {
                    using var gradient = parameter.grad;
                    if (gradient is not null)
                    {
                        Update(parameter, gradient, (State)StateOf(parameter), group.Options);
                    }
                }
            },
            closure);

        private static void Update(Parameter parameter, Tensor gradient, State state, Options options)
        {
            var (rate, momentum) = (options.LearningRate!.Value, options.momentum!.Value);
            var scale = options.maximize!.Value ? rate : -rate;
            using var decayed = options.weight_decay != 0 ? Sum.Call(gradient, parameter, options.weight_decay!.Value) : null;
            var direction = decayed ?? gradient;
            if (momentum == 0)
            {
                Plus.Apply(parameter, direction, scale);
                return;
            }
            if (state.momentum_buffer is { } velocity)
            {
                Times.Apply(velocity, momentum);
                Plus.Apply(velocity, direction, 1 - options.dampening!.Value);
            }
            else
            {
                velocity = state.momentum_buffer = Clone.Call(direction, Argument.None).DetachFromDisposeScope();
            }
            using var ahead = options.nesterov!.Value ? Sum.Call(direction, velocity, momentum) : null;
            Plus.Apply(parameter, ahead ?? velocity, scale);
        }

        /// <summary>Adds a group, whose options must be this optimizer's kind or null.</summary>
        public override void add_param_group(Modules.ParamGroup param_group)
        {
            param_group.Options ??= new Options();
            var (options, defaults) = ((Options)param_group.Options, (Options)_defaults);
            options.LearningRate ??= defaults.LearningRate;
            options.momentum ??= defaults.momentum;
            options.dampening ??= defaults.dampening;
            options.weight_decay ??= defaults.weight_decay;
            options.nesterov ??= defaults.nesterov;
            options.maximize ??= defaults.maximize;
            Add(param_group, parameter => new State(parameter));
        }

        private static Options OptionsOf(
            double lr, double momentum, double dampening, double weight_decay, bool nesterov, bool maximize) => new()
            {
                LearningRate = lr,
                InitialLearningRate = lr,
                momentum = momentum,
                dampening = dampening,
                weight_decay = weight_decay,
                nesterov = nesterov,
                maximize = maximize,
            };

        /// <summary>A group's settings; what is null takes the optimizer's default.</summary>
        public class Options : OptimizerOptions
        {
            /// <summary>Decay of the velocity.</summary>
            public double? momentum;

            /// <summary>What the gradient's share of the velocity is reduced by.</summary>
            public double? dampening;

            /// <summary>Decay of the weights, through the gradient.</summary>
            public double? weight_decay;

            /// <summary>Whether the velocity looks one step ahead.</summary>
            public bool? nesterov;

            /// <summary>Whether the objective is to grow.</summary>
            public bool? maximize;

            /// <inheritdoc/>
            public override void LoadStateDict(OptimizerOptions source)
            {
                base.LoadStateDict(source);
                var other = (Options)source;
                (momentum, dampening, weight_decay) = (other.momentum, other.dampening, other.weight_decay);
                (nesterov, maximize) = (other.nesterov, other.maximize);
            }

            /// <inheritdoc/>
            public override void LoadStateDict(BinaryReader reader)
            {
                base.LoadStateDict(reader);
                (momentum, dampening, weight_decay) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
                (nesterov, maximize) = (reader.ReadBoolean(), reader.ReadBoolean());
            }

            /// <inheritdoc/>
            public override void SaveStateDict(BinaryWriter writer)
            {
                base.SaveStateDict(writer);
                writer.Write(momentum!.Value);
                writer.Write(dampening!.Value);
                writer.Write(weight_decay!.Value);
                writer.Write(nesterov!.Value);
                writer.Write(maximize!.Value);
            }
        }

        /// <summary>What is kept for one parameter.</summary>
        public sealed class State : OptimizerState, IDisposable
        {
            /// <summary>The velocity, null before the first step with momentum.</summary>
            public Tensor? momentum_buffer;

            /// <summary>State of a parameter.</summary>
            public State(Parameter parameter) : base(parameter)
            {
            }

            /// <inheritdoc/>
            public override void Initialize(OptimizerOptions options) => Replace(ref momentum_buffer, null);

            /// <inheritdoc/>
            public override void LoadStateDict(OptimizerState source) =>
                Replace(ref momentum_buffer, ((State)source).momentum_buffer?.to(_parameter.device, copy: true));

            /// <inheritdoc/>
            public override void LoadStateDict(BinaryReader reader)
            {
                Replace(ref momentum_buffer, reader.ReadBoolean() ? momentum_buffer ?? zeros_like(_parameter) : null);
                if (momentum_buffer is not null)
                {
                    TensorLayout.Read(reader, momentum_buffer);
                }
            }

            /// <inheritdoc/>
            public override void SaveStateDict(BinaryWriter writer) => TensorLayout.WriteOptional(writer, momentum_buffer);

            /// <inheritdoc/>
            public override void to(Device device) => Replace(ref momentum_buffer, momentum_buffer?.to(device));

            /// <summary>Disposes the velocity.</summary>
            public void Dispose()
            {
                momentum_buffer?.Dispose();
                GC.SuppressFinalize(this);
            }
        }

        /// <summary>Parameters that share their settings.</summary>
        public class ParamGroup : ParamGroup<Options>, IMomentum
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
                IEnumerable<Parameter> parameters, double lr = 1e-3, double momentum = 0.0, double dampening = 0, double weight_decay = 0,
                bool nesterov = false, bool maximize = false)
                : base(parameters, OptionsOf(lr, momentum, dampening, weight_decay, nesterov, maximize))
            {
            }

            /// <inheritdoc/>
            public double Momentum { get => Options.momentum!.Value; set => Options.momentum = value; }
        }
    }
}
