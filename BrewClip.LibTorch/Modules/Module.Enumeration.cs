using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>The direct sub-modules with their names.</summary>
            public virtual IEnumerable<(string name, Module module)> named_children() => _submodules.Select(pair => (pair.Key, pair.Value));

            /// <summary>The direct sub-modules.</summary>
            public virtual IEnumerable<Module> children() => named_children().Select(child => child.module);

            /// <summary>All modules below this one with their dotted names, this one left out.</summary>
            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach (var child in named_children())
                {
                    yield return child;
                }
                foreach (var (prefix, child) in named_children())
                {
                    foreach (var (below, module) in child.named_modules())
                    {
                        yield return ($"{prefix}.{below}", module);
                    }
                }
            }

            /// <summary>All modules below this one.</summary>
            public virtual IEnumerable<Module> modules() => named_modules().Select(named => named.module);

            /// <summary>The parameters with their dotted names, each once.</summary>
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                var seen = new HashSet<Parameter>(ReferenceEqualityComparer.Instance);
                foreach (var (own, parameter) in _parameters)
                {
                    if (!parameter.IsInvalid && seen.Add(parameter))
                    {
                        yield return (own, parameter);
                    }
                }
                if (!recurse)
                {
                    yield break;
                }
                foreach (var (prefix, child) in named_children())
                {
                    foreach (var (below, parameter) in child.named_parameters())
                    {
                        if (seen.Add(parameter))
                        {
                            yield return ($"{prefix}.{below}", parameter);
                        }
                    }
                }
            }

            /// <summary>The parameters, each once.</summary>
            public virtual IEnumerable<Parameter> parameters(bool recurse = true) =>
                named_parameters(recurse).Select(named => named.parameter);

            /// <summary>
            /// The buffers with their dotted names; those not persistent are left out whatever is asked, as in TorchSharp.
            /// </summary>
            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true)
            {
                var seen = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
                foreach (var (own, (tensor, persistent)) in _buffers)
                {
                    if (persistent && !tensor.IsInvalid && seen.Add(tensor))
                    {
                        yield return (own, tensor);
                    }
                }
                if (!recurse)
                {
                    yield break;
                }
                foreach (var (prefix, child) in named_children())
                {
                    foreach (var (below, tensor) in child.named_buffers(true, include_nonpersistent))
                    {
                        if (seen.Add(tensor))
                        {
                            yield return ($"{prefix}.{below}", tensor);
                        }
                    }
                }
            }

            /// <summary>The buffers, each once.</summary>
            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(named => named.buffer);

            /// <summary>The parameter of a dotted name, or null.</summary>
            public virtual Parameter? get_parameter(string target) =>
                _parameters.TryGetValue(target, out var parameter) ? parameter
                : Descend(target) is var (child, below) ? child.get_parameter(below) : null;

            /// <summary>The buffer of a dotted name, persistent or not, or null.</summary>
            public virtual Tensor? get_buffer(string target)
            {
                ArgumentNullException.ThrowIfNull(target);
                return _buffers.TryGetValue(target, out var buffer) ? buffer.Tensor
                    : Descend(target) is var (child, below) ? child.get_buffer(below) : null;
            }

            /// <summary>True where <see cref="get_parameter"/> finds one.</summary>
            public virtual bool has_parameter(string target) => get_parameter(target) is not null;

            /// <summary>True where <see cref="get_buffer"/> finds one.</summary>
            public virtual bool has_buffer(string target) => get_buffer(target) is not null;

            private (Module Child, string Below)? Descend(string target)
            {
                var dot = target.IndexOf('.', StringComparison.Ordinal);
                if (dot < 0)
                {
                    return null;
                }
                foreach (var (childName, child) in named_children())
                {
                    if (childName == target[..dot])
                    {
                        return (child, target[(dot + 1)..]);
                    }
                }
                return null;
            }
        }
    }
}
