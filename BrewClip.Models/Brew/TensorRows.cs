using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace BrewClip.Models.Brew;

/// <summary>Rows of numbers between managed memory and tensors.</summary>
internal static class TensorRows
{
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
