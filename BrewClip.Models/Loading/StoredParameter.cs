using BrewClip.Core.Checkpoints;

namespace BrewClip.Models.Loading;

/// <summary>Where a checkpoint keeps a parameter: a whole tensor, some of its rows, or its transpose.</summary>
/// <param name="Name">The hub's name of the parameter.</param>
/// <param name="Tensor">The tensor in the file.</param>
/// <param name="Shape">The parameter's own shape.</param>
/// <param name="Start">The first element of the parameter within the tensor.</param>
/// <param name="Transposed">Whether the file holds the matrix with its dimensions exchanged.</param>
internal sealed record StoredParameter(string Name, TensorInfo Tensor, long[] Shape, long Start = 0, bool Transposed = false)
{
    public static StoredParameter Whole(string name, TensorInfo tensor) => new(name, tensor, [.. tensor.Shape]);

    /// <summary>A matrix that the file stores [inputs, outputs].</summary>
    public static StoredParameter Transpose(string name, TensorInfo tensor) =>
        new(name, tensor, [.. tensor.Shape.Reverse()], Transposed: true);

    /// <summary>One of several parameters of equal rows that the file stores one below the other.</summary>
    public static StoredParameter RowsOf(string name, TensorInfo tensor, int part, int parts)
    {
        if (tensor.Shape.Count == 0 || tensor.Shape[0] % parts != 0)
        {
            return Whole(name, tensor);
        }

        return new StoredParameter(name, tensor, [tensor.Shape[0] / parts, .. tensor.Shape.Skip(1)], part * (tensor.ElementCount / parts));
    }
}
