using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace BrewClip.Models.Loading;

/// <summary>
/// Whether the libtorch at hand computes an element type on a device: asked of it, since that differs by version and build.
/// </summary>
internal static class ElementTypeSupport
{
    /// <exception cref="ArgumentException">The type is none that weights are kept in.</exception>
    /// <exception cref="NotSupportedException">The device is absent, or an operation lacks the type there.</exception>
    public static void Check(ScalarType type, Device device)
    {
        if (type is not (ScalarType.Float32 or ScalarType.Float16 or ScalarType.BFloat16))
        {
            throw new ArgumentException($"Weights are kept as float32, float16 or bfloat16, not as {type}.");
        }

        if (device.type == DeviceType.CUDA && !cuda.is_available())
        {
            throw new NotSupportedException(
                "A CUDA device is asked for, and this libtorch finds none: load on the CPU, or install a libtorch with CUDA.");
        }

        if (type == ScalarType.Float32)
        {
            return;
        }

        try
        {
            TryOperations(type, device);
        }
        catch (Exception exception) when (exception is ExternalException or InvalidOperationException)
        {
            string remedy = type == ScalarType.Float16 ? "bfloat16 or float32" : "float32";
            throw new NotSupportedException(
                $"This libtorch does not compute {type} on {device}: load as {remedy}, or on a GPU.", exception);
        }
    }

    // Every operation of the networks that a libtorch may lack for a narrow type.
    private static void TryOperations(ScalarType type, Device device)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var input = zeros([1, 2, 4, 4], dtype: type, device: device);
        var matrix = zeros([4, 4], dtype: type, device: device);
        var vector = zeros([4], dtype: type, device: device);
        F.linear(input, matrix, vector);
        F.layer_norm(input, [4], vector, vector);
        F.scaled_dot_product_attention(input, input, input);
        F.conv1d(input.view(2, 4, 4), zeros([4, 4, 3], dtype: type, device: device), vector, padding: 1);
        F.gelu(input);
        input.sigmoid();
    }
}
