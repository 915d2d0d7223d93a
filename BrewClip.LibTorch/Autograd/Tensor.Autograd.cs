using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        /// <summary>Whether operations on this tensor are recorded for backward.</summary>
        /// <exception cref="System.Runtime.InteropServices.ExternalException">Only floating point leaves can be set.</exception>
        public bool requires_grad
        {
            get
            {
                bool required = NativeMethods.brew_requires_grad(Handle) != 0;
                GC.KeepAlive(this);
                return required;
            }

            set
            {
                NativeMethods.Check(NativeMethods.brew_set_requires_grad(Handle, value ? (byte)1 : (byte)0));
                GC.KeepAlive(this);
            }
        }

        /// <summary>Sets <see cref="requires_grad"/> and returns this tensor.</summary>
        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        /// <summary>Sets <see cref="requires_grad"/> and returns this tensor.</summary>
        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        /// <summary>Whether no recorded operation made this tensor.</summary>
        public bool is_leaf
        {
            get
            {
                bool leaf = NativeMethods.brew_is_leaf(Handle) != 0;
                GC.KeepAlive(this);
                return leaf;
            }
        }

        /// <summary>Asks backward to keep the gradient of a tensor that is no leaf.</summary>
        public void retain_grad()
        {
            NativeMethods.Check(NativeMethods.brew_retain_grad(Handle));
            GC.KeepAlive(this);
        }

        /// <summary>The gradient, of this tensor's shape; null before any backward. Each read is a tensor of its own to dispose.</summary>
        public Tensor? grad
        {
            get
            {
                nint gradient = NativeMethods.brew_grad(Handle);
                GC.KeepAlive(this);
                if (gradient != 0) return new Tensor(gradient);
                NativeMethods.CheckLast();
                return null;
            }

            set
            {
                NativeMethods.Check(NativeMethods.brew_set_grad(Handle, value?.Handle ?? 0));
                GC.KeepAlive(this);
                GC.KeepAlive(value);
            }
        }

        /// <summary>Adds the gradient of this single element to every leaf it was computed from.</summary>
        public void backward() => autograd.backward([this]);

        /// <summary>Adds the gradient of this tensor, weighted by the given ones, to every leaf it was computed from.</summary>
        public void backward(
            IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph, create_graph, inputs);
    }
}
