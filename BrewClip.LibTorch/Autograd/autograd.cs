using TorchSharp.Interop;

namespace TorchSharp;

public static unsafe partial class torch
{
    /// <summary>Gradients by backward differentiation.</summary>
    public static partial class autograd
    {
        /// <summary>Gradients of the outputs with respect to the inputs, one per input, of its shape; leaves are left alone.</summary>
        /// <exception cref="System.Runtime.InteropServices.ExternalException">An input is unused and that was not allowed.</exception>
        public static IList<Tensor> grad(
            IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false,
            bool create_graph = false, bool allow_unused = false)
        {
            nint[] from = Handles(outputs), to = Handles(inputs), found = new nint[inputs.Count];
            nint[]? weights = grad_outputs is null ? null : Weights(grad_outputs, from.Length);
            fixed (nint* pFrom = from, pTo = to, pWeights = weights, pFound = found)
            {
                NativeMethods.Check(NativeMethods.brew_autograd_grad(
                    pFrom, pWeights, from.Length, pTo, to.Length, Flag(retain_graph), Flag(create_graph), Flag(allow_unused), pFound));
            }
            KeepAlive(outputs, inputs, grad_outputs);
            return [.. found.Select(handle => handle == 0 ? null! : new Tensor(handle))];
        }

        /// <summary>Adds the gradients of the tensors, weighted, to every leaf they were computed from, or to the inputs alone.</summary>
        public static void backward(
            IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false,
            IList<Tensor>? inputs = null)
        {
            nint[] from = Handles(tensors), to = inputs is null ? [] : Handles(inputs);
            nint[]? weights = grad_tensors is null ? null : Weights(grad_tensors, from.Length);
            fixed (nint* pFrom = from, pTo = to, pWeights = weights)
            {
                NativeMethods.Check(NativeMethods.brew_backward(
                    pFrom, pWeights, from.Length, Flag(retain_graph ?? create_graph), Flag(create_graph), pTo, to.Length));
            }
            KeepAlive(tensors, inputs, grad_tensors);
        }

        /// <summary>Adds the gradient of the tensor, weighted, to every leaf it was computed from, or to the inputs alone.</summary>
        public static void backward(
            Tensor tensor, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false,
            IList<Tensor>? inputs = null) =>
            backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        /// <summary>Adds the gradient of the tensor, weighted by one of its shape, to every leaf it was computed from.</summary>
        public static void backward(
            Tensor tensor, Tensor grad_tensor, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], [grad_tensor], retain_graph, create_graph, inputs);

        private static nint[] Handles(IList<Tensor> tensors) => [.. tensors.Select(tensor => tensor.Handle)];

        private static nint[] Weights(IList<Tensor> gradients, int outputs) => gradients.Count == outputs
            ? Handles(gradients)
            : throw new ArgumentException($"{gradients.Count} gradients for {outputs} tensors.", nameof(gradients));

        private static byte Flag(bool value) => value ? (byte)1 : (byte)0;

        private static void KeepAlive(params ReadOnlySpan<object?> lists)
        {
            foreach (object? list in lists) GC.KeepAlive(list);
        }
    }
}
