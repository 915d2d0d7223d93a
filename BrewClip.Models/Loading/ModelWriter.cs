using BrewClip.Core.Checkpoints;
using static TorchSharp.torch;

namespace BrewClip.Models.Loading;

/// <summary>A network's parameters to <c>model.safetensors</c>, under the names that its state dictionary gives them.</summary>
internal static class ModelWriter
{
    private const int BufferBytes = 1 << 20;

    /// <summary>
    /// Writes <c>config.json</c> and <c>model.safetensors</c> into a folder, which is created; each file is written beside and renamed.
    /// </summary>
    /// <param name="folder">Where to.</param>
    /// <param name="config">The text of config.json.</param>
    /// <param name="state">Names to tensors, of any device and floating-point type.</param>
    /// <param name="type">The type in the file: float32, float16 or bfloat16.</param>
    /// <exception cref="ArgumentException">The type is another, or a weight is not finite or beyond what float16 holds.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static void Save(string folder, string config, IReadOnlyDictionary<string, Tensor> state, SafetensorsType type)
    {
        var stored = type switch
        {
            SafetensorsType.Float32 => ScalarType.Float32,
            SafetensorsType.Float16 => ScalarType.Float16,
            SafetensorsType.BFloat16 => ScalarType.BFloat16,
            _ => throw new ArgumentException($"Weights are stored as float32, float16 or bfloat16, not as {type}.", nameof(type)),
        };
        Check(state, stored);
        Directory.CreateDirectory(folder);
        SafetensorsWriter.Write(
            Path.Combine(folder, SafetensorsFile.SingleFileName),
            state.OrderBy(item => item.Key, StringComparer.Ordinal).Select(item => Data(item.Key, item.Value, type, stored)),
            new Dictionary<string, string> { ["format"] = "pt" });
        AtomicFile.WriteAllText(Path.Combine(folder, "config.json"), config);
    }

    private static TensorData Data(
        string name, Tensor tensor, SafetensorsType type, ScalarType stored) => new(name, type, tensor.shape, stream =>
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        tensor.detach().to(stored).cpu().contiguous().WriteBytesToStream(stream, BufferBytes);
    });

    // A weight that is no number makes every result none: better no file than such a one.
    private static void Check(IReadOnlyDictionary<string, Tensor> state, ScalarType stored)
    {
        using var noGrad = no_grad();
        foreach (var (name, tensor) in state)
        {
            using var scope = NewDisposeScope();
            if (tensor.numel() > 0 && !tensor.detach().to(stored).to(ScalarType.Float32).isfinite().all().item<bool>())
            {
                throw new ArgumentException(
                    $"'{name}' holds values that {stored} cannot hold as finite numbers: nothing was written.", nameof(state));
            }
        }
    }
}
