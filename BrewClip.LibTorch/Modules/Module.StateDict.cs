namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>Parameters and persistent buffers by dotted name: the tensors themselves, not copies.</summary>
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                var lead = string.IsNullOrEmpty(prefix) ? "" : prefix + ".";
                foreach (var (key, parameter) in named_parameters())
                {
                    destination.TryAdd(lead + key, parameter);
                }
                foreach (var (key, buffer) in named_buffers(include_nonpersistent: false))
                {
                    destination.TryAdd(lead + key, buffer);
                }
                // A parameter shared by two modules stands under both names.
                foreach (var (key, child) in named_children())
                {
                    child.state_dict(destination, lead + key);
                }
                return destination;
            }

            /// <summary>Copies values into the tensors of the same names, converting dtype and device; shapes must agree.</summary>
            /// <param name="source">Tensors by dotted name; they stay the caller's.</param>
            /// <param name="strict">True throws when the names are not the same.</param>
            /// <param name="skip">Names to leave alone on either side.</param>
            /// <returns>Names that the source lacks, and names that this module lacks.</returns>
            /// <exception cref="InvalidOperationException">A shape differs, or strict and the names differ; nothing is copied
            /// then.</exception>
            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
                Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                skip ??= [];
                var destination = state_dict();
                var unexpected = source.Keys.Where(key => !skip.Contains(key) && !destination.ContainsKey(key)).ToList();
                var missing = destination.Keys.Where(key => !skip.Contains(key) && !source.ContainsKey(key)).ToList();
                if (strict && missing.Count + unexpected.Count > 0)
                {
                    throw new InvalidOperationException("The loaded state_dict is not identical to the target dictionary."
                        + Sentence("Missing", missing) + Sentence("Unexpected", unexpected));
                }
                // copy_ would broadcast a shorter tensor over the parameter, which is never what a checkpoint means.
                foreach (var (key, value) in source)
                {
                    if (!skip.Contains(key) && destination.TryGetValue(key, out var target) && !target.shape.SequenceEqual(value.shape))
                    {
                        throw new InvalidOperationException(
                            $"'{key}' has the shape [{string.Join(", ", value.shape)}] in the loaded state_dict and "
                            + $"[{string.Join(", ", target.shape)}] in the module: they do not belong together.");
                    }
                }
                using var silent = no_grad();
                foreach (var (key, value) in source)
                {
                    if (!skip.Contains(key) && destination.TryGetValue(key, out var target))
                    {
                        target.copy_(value);
                    }
                }
                return (missing, unexpected);
            }

            private static string Sentence(string what, List<string> keys) =>
                keys.Count == 0
                    ? ""
                    : $" {what}: {string.Join(", ", keys.Take(5))}{(keys.Count > 5 ? $" and {keys.Count - 5} more" : "")}.";
        }
    }
}
