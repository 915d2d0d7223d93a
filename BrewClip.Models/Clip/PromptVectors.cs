using static TorchSharp.torch;

namespace BrewClip.Models.Clip;

/// <summary>Learned vectors that join a sequence: shared by every item, or one set for each.</summary>
internal static class PromptVectors
{
    /// <summary>[L, width] or [N, L, width] to [N, L, width], without a copy.</summary>
    /// <exception cref="ArgumentException">The shape is neither.</exception>
    public static Tensor Expand(Tensor prompts, long items, long width)
    {
        var shape = prompts.shape;
        if (shape is [> 0, var shared] && shared == width)
        {
            return prompts.unsqueeze(0).expand(items, shape[0], width);
        }

        if (shape is [var count, > 0, var own] && count == items && own == width)
        {
            return prompts.alias();
        }

        throw new ArgumentException(
            $"Prompts are [{string.Join(", ", shape)}]: [length, {width}] or [{items}, length, {width}] is expected.", nameof(prompts));
    }

    /// <summary>How many vectors each item gets: 0 where there are none.</summary>
    public static int Length(Tensor? prompts) => prompts is null ? 0 : (int)prompts.shape[^2];
}
