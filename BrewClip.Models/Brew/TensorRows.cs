using System.Runtime.InteropServices;
using static TorchSharp.torch;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace BrewClip.Models.Brew;

/// <summary>Rows of numbers between managed memory and tensors.</summary>
internal static class TensorRows
{
    /// <summary>As <see cref="ToArrays"/>, of numbers that a vector may hold.</summary>
    /// <param name="rows">[N, d].</param>
    /// <param name="what">What messages call it, such as <c>an image</c>.</param>
    /// <exception cref="NotFiniteNumberException">One is not finite.</exception>
    public static float[][] ToFiniteArrays(Tensor rows, string what)
    {
        float[][] arrays = ToArrays(rows);
        return Array.TrueForAll(arrays, row => TensorPrimitives.IsFiniteAll<float>(row))
            ? arrays
            : throw new NotFiniteNumberException(
                $"The vector of {what} is not made of finite numbers: the model's weights hold such values, or its element type overflows, "
                + "and then Float32 or BFloat16 helps.");
    }

    /// <summary>The rows of a tensor [N, d], copied.</summary>
    public static float[][] ToArrays(Tensor rows)
    {
        using var scope = NewDisposeScope();
        var host = rows.detach().to(ScalarType.Float32).cpu().contiguous();
        var values = MemoryMarshal.Cast<byte, float>(host.bytes);
        int width = (int)rows.shape[1];
        var arrays = new float[rows.shape[0]][];
        for (int i = 0; i < arrays.Length; i++)
        {
            arrays[i] = values.Slice(i * width, width).ToArray();
        }

        return arrays;
    }
}
