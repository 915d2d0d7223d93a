using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>A tensor that a module trains. It takes the given tensor's place, which is invalid afterwards.</summary>
    public class Parameter : Tensor
    {
        /// <summary>Takes over a tensor, in its dispose scope too.</summary>
        public Parameter(Tensor data, bool requires_grad = true) : base(data.with_requires_grad(requires_grad).MoveHandle(), false)
        {
            DisposeScope.ReplaceWith(data, this);
            GC.SuppressFinalize(data);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Makes a parameter of a tensor, which is invalid afterwards.</summary>
            public static Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);
        }
    }

    public static partial class TensorExtensionMethods
    {
        /// <summary>Makes a parameter of a tensor, which is invalid afterwards.</summary>
        public static Parameter AsParameter(this Tensor tensor) => new(tensor);
    }
}
