using System.Runtime.InteropServices;
using BrewClip.Core.Images;
using BrewClip.Data.Caches;
using static TorchSharp.torch;

namespace BrewClip.Training.Tasks;

/// <summary>Examples stacked to tensors.</summary>
public static class ExampleTensors
{
    /// <summary>Sequences to int64 [N, longest] on the CPU, padded at their ends. The caller disposes the result.</summary>
    public static Tensor Tokens<TExample>(IReadOnlyList<TExample> examples, Func<TExample, int[]> tokensOf, int padding)
    {
        int longest = examples.Max(example => tokensOf(example).Length);
        var ids = new long[examples.Count * longest];
        Array.Fill(ids, padding);
        for (int i = 0; i < examples.Count; i++)
        {
            int[] tokens = tokensOf(examples[i]);
            for (int j = 0; j < tokens.Length; j++)
            {
                ids[i * longest + j] = tokens[j];
            }
        }

        return tensor(ids, [examples.Count, longest]);
    }

    /// <summary>Interleaved bytes of square images to normalised float32 [N, 3, size, size]. The caller disposes the result.</summary>
    /// <param name="images">Each size · size · 3 bytes, as <see cref="ImageTextExample.Pixels"/>.</param>
    /// <param name="config">Size, means and deviations.</param>
    /// <param name="device">Where to.</param>
    public static Tensor Pixels(IReadOnlyList<byte[]> images, ClipImageProcessorConfig config, Device device)
    {
        using var scope = NewDisposeScope();
        int size = config.Size, length = 3 * size * size;
        var joined = new byte[images.Count * length];
        for (int i = 0; i < images.Count; i++)
        {
            images[i].CopyTo(joined, i * length);
        }

        // One multiplication and one addition in place of a division, a subtraction and a division.
        var scale = tensor(config.StandardDeviation.Select(value => 1 / (255 * value)).ToArray(), [1, 3, 1, 1], device: device);
        var shift = tensor(
            config.Mean.Zip(config.StandardDeviation, (mean, deviation) => -mean / deviation).ToArray(), [1, 3, 1, 1], device: device);
        var pixels = tensor(joined, [images.Count, size, size, 3]).to(device).permute(0, 3, 1, 2).to(ScalarType.Float32);
        return pixels.mul(scale).add_(shift).contiguous().MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Utterances of unlike lengths to float32 [N, length, width], cut or filled with zeros. The caller disposes the result.
    /// </summary>
    /// <param name="utterances">The frames of each; with several states one state's after the other's.</param>
    /// <param name="length">Frames of the result.</param>
    /// <param name="device">Where to.</param>
    /// <param name="states">How many states the frames hold. Default 1.</param>
    /// <param name="state">Which of them is taken, from 0.</param>
    public static Tensor Frames(IReadOnlyList<CachedFeatures> utterances, int length, Device device, int states = 1, int state = 0)
    {
        using var scope = NewDisposeScope();
        int width = utterances[0].Width;
        var result = zeros([utterances.Count, length, width], dtype: ScalarType.Float32);
        var values = MemoryMarshal.Cast<byte, float>(result.bytes);
        for (int i = 0; i < utterances.Count; i++)
        {
            int rows = utterances[i].Rows / states, count = Math.Min(length, rows) * width;
            utterances[i].Values.AsSpan(state * rows * width, count).CopyTo(values[(i * length * width)..]);
        }

        return result.to(device).MoveToOuterDisposeScope();
    }

    /// <summary>Equally long rows to float32 [N, ...shape]. The caller disposes the result.</summary>
    public static Tensor Rows(IReadOnlyList<float[]> rows, long[] shape, Device device)
    {
        using var scope = NewDisposeScope();
        var result = empty([rows.Count, .. shape], dtype: ScalarType.Float32);
        var values = MemoryMarshal.Cast<byte, float>(result.bytes);
        for (int i = 0; i < rows.Count; i++)
        {
            rows[i].CopyTo(values[(i * rows[i].Length)..]);
        }

        return result.to(device).MoveToOuterDisposeScope();
    }
}
