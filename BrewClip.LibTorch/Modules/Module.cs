using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Neural networks: modules, layers, losses, initialisation.</summary>
    public static partial class nn
    {
        /// <summary>
        /// A tree of sub-modules, parameters and buffers, registered under their fields' names. Not thread-safe while it changes.
        /// </summary>
        public partial class Module : IDisposable
        {
            private readonly OrderedDictionary<string, Module> _submodules = [];
            private readonly OrderedDictionary<string, Parameter> _parameters = [];
            private readonly OrderedDictionary<string, (Tensor Tensor, bool Persistent)> _buffers = [];
            private bool _componentsRegistered;
            private bool _training = true;
            private bool _disposed;

            /// <summary>The module's own name, as given to the constructor.</summary>
            protected string? name;

            /// <summary>Starts an empty module; a derived constructor ends with <see cref="RegisterComponents"/>.</summary>
            protected Module(string name)
            {
                this.name = name;
            }

            /// <summary>The name given to the constructor, or the type's.</summary>
            public virtual string GetName() => string.IsNullOrEmpty(name) ? GetType().Name : name;

            /// <summary>True while the module behaves as in training (dropout drops).</summary>
            public virtual bool training => _training;

            /// <summary>Switches this module and all below it to training or to evaluation.</summary>
            public virtual void train(bool train = true)
            {
                _training = train;
                foreach (var (_, child) in named_children())
                {
                    child.train(train);
                }
            }

            /// <summary>Switches this module and all below it to evaluation.</summary>
            public virtual void eval() => train(false);

            /// <summary>Calls an action on every module of the tree, children first.</summary>
            public virtual Module apply(Action<Module> fn)
            {
                foreach (var (_, child) in named_children())
                {
                    child.apply(fn);
                }
                fn(this);
                return this;
            }

            /// <summary>Drops every parameter's gradient, or fills it with zeros.</summary>
            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var (_, parameter) in named_parameters())
                {
                    using var gradient = parameter.grad;
                    if (gradient is null)
                    {
                        continue;
                    }
                    if (set_to_none)
                    {
                        parameter.grad = null;
                    }
                    else
                    {
                        using var silent = no_grad();
                        gradient.zero_();
                    }
                }
            }

            /// <summary>Disposes the parameters, the buffers and the sub-modules.</summary>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Disposes what the module holds; an override calls it.</summary>
            protected virtual void Dispose(bool disposing)
            {
                if (!disposing || _disposed)
                {
                    return;
                }
                _disposed = true;
                foreach (var (tensor, _) in _buffers.Values)
                {
                    tensor.DetachFromDisposeScope().Dispose();
                }
                foreach (var parameter in _parameters.Values)
                {
                    parameter.DetachFromDisposeScope().Dispose();
                }
                foreach (var (_, child) in named_children().ToList())
                {
                    child.Dispose();
                }
            }
        }
    }
}
