using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Optimizers and learning-rate schedules.</summary>
    public static partial class optim
    {
        /// <summary>Changes parameters by their gradients. Not thread-safe; dispose it, its state is as large as the parameters.</summary>
        public abstract partial class Optimizer : IDisposable
        {
            /// <summary>The groups in the order in which they were added.</summary>
            protected IList<ParamGroup> _parameter_groups = [];

            /// <summary>The groups' learning rates, for schedules.</summary>
            public virtual IEnumerable<ILearningRateController> ParamGroups => _parameter_groups;

            /// <summary>All parameters.</summary>
            public virtual IEnumerable<Parameter> parameters() => _parameter_groups.SelectMany(group => group.Parameters);

            /// <summary>Adds a group of parameters.</summary>
            public abstract void add_param_group(ParamGroup param_group);

            /// <summary>Fills the gradients with zeros; they stay, unlike after the module's own zero_grad.</summary>
            public abstract void zero_grad();

            /// <summary>One step by the gradients at hand; a closure is called first and its loss returned.</summary>
            public abstract Tensor? step(Func<Tensor>? closure = null);

            /// <summary>Disposes the state; the parameters stay.</summary>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Disposes the state.</summary>
            protected virtual void Dispose(bool disposing)
            {
            }

            /// <summary>The live settings and states of an optimizer: changing them changes the optimizer.</summary>
            public class StateDictionary
            {
                internal StateDictionary()
                {
                }

                /// <summary>The settings of each group.</summary>
                public List<OptimizerOptions> Options { get; } = [];

                /// <summary>The state of each parameter, group after group.</summary>
                public List<OptimizerState> State { get; } = [];

                /// <summary>For each group the positions of its parameters in <see cref="State"/>.</summary>
                public List<List<int>> StateIndexRef { get; } = [];
            }
        }
    }
}
