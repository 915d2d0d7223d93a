using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            /// <summary>A group of parameters whose learning rate a schedule sets.</summary>
            public interface ILearningRateController
            {
                /// <summary>The rate of the next step.</summary>
                double LearningRate { get; set; }

                /// <summary>The rate that schedules start from.</summary>
                double InitialLearningRate { get; set; }
            }

            /// <summary>What has Adam's two decay rates.</summary>
            public interface IBetas
            {
                /// <summary>Decay of the mean and of the mean square of the gradient.</summary>
                (double, double) Betas { get; set; }
            }

            /// <summary>What has a momentum.</summary>
            public interface IMomentum
            {
                /// <summary>Decay of the velocity.</summary>
                double Momentum { get; set; }
            }
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>The settings of a group of parameters.</summary>
    public class OptimizerOptions
    {
        /// <summary>The rate of the next step; null takes the optimizer's default.</summary>
        public double? LearningRate { get; set; }

        /// <summary>The rate that schedules start from.</summary>
        public double InitialLearningRate { get; set; }

        /// <summary>Takes over another group's settings.</summary>
        public virtual void LoadStateDict(OptimizerOptions source) =>
            (InitialLearningRate, LearningRate) = (source.InitialLearningRate, source.LearningRate);

        /// <summary>Reads what <see cref="SaveStateDict"/> wrote.</summary>
        public virtual void LoadStateDict(BinaryReader reader) =>
            (InitialLearningRate, LearningRate) = (reader.ReadDouble(), reader.ReadDouble());

        /// <summary>Writes the settings in TorchSharp's order.</summary>
        public virtual void SaveStateDict(BinaryWriter writer)
        {
            writer.Write(InitialLearningRate);
            writer.Write(LearningRate!.Value);
        }
    }

    /// <summary>What an optimizer keeps for one parameter from step to step.</summary>
    public abstract class OptimizerState
    {
        /// <summary>The parameter.</summary>
        protected Parameter _parameter;

        /// <summary>State of a parameter, empty before <see cref="Initialize"/>.</summary>
        protected OptimizerState(Parameter parameter) => _parameter = parameter;

        /// <summary>Sets the state to that before the first step.</summary>
        public abstract void Initialize(OptimizerOptions options);

        /// <summary>Copies another state of the same kind.</summary>
        public abstract void LoadStateDict(OptimizerState source);

        /// <summary>Reads what <see cref="SaveStateDict"/> wrote.</summary>
        public abstract void LoadStateDict(BinaryReader reader);

        /// <summary>Writes the state in TorchSharp's layout.</summary>
        public abstract void SaveStateDict(BinaryWriter writer);

        /// <summary>Whether another state holds about the same.</summary>
        public virtual bool ApproximatelyEquals(OptimizerState other) => false;

        /// <summary>Moves the state to a device.</summary>
        public virtual void to(Device device)
        {
        }

        private protected static void Replace(ref Tensor? field, Tensor? value)
        {
            if (!ReferenceEquals(field, value))
            {
                field?.Dispose();
            }
            field = value;
            value?.DetachFromDisposeScope();
        }
    }

    /// <summary>Parameters that share their settings.</summary>
    public class ParamGroup : optim.ILearningRateController
    {
        /// <summary>The parameters; an optimizer reads them once, when the group is added.</summary>
        public IEnumerable<Parameter> Parameters { get; set; } = [];

        /// <summary>The settings; filled from the optimizer's defaults when the group is added.</summary>
        public OptimizerOptions Options { get; set; } = null!;

        /// <inheritdoc/>
        public double LearningRate { get => Options.LearningRate!.Value; set => Options.LearningRate = value; }

        /// <inheritdoc/>
        public double InitialLearningRate { get => Options.InitialLearningRate; set => Options.InitialLearningRate = value; }
    }

    /// <summary>Parameters that share settings of one kind.</summary>
    public class ParamGroup<TOptions> : ParamGroup where TOptions : OptimizerOptions
    {
        /// <summary>An empty group.</summary>
        public ParamGroup()
        {
        }

        /// <summary>A group; null options take the optimizer's defaults.</summary>
        public ParamGroup(IEnumerable<Parameter> parameters, TOptions? options = null)
        {
            Parameters = parameters;
            base.Options = options!;
        }

        /// <summary>The settings.</summary>
        public new TOptions Options { get => (TOptions)base.Options; set => base.Options = value; }
    }
}
