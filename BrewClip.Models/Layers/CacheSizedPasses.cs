using static TorchSharp.torch;

namespace BrewClip.Models.Layers;

/// <summary>
/// A batch through a tower in several passes, each of whose states fit a processor's cache. On a CPU a pass of thousands of rows is as fast
/// as one of ten times as many while its states stay near; past some megabytes each comes from memory, and from pages that the system
/// clears anew.
/// </summary>
internal static class CacheSizedPasses
{
    // Half of the 32 MB past which glibc hands every block back to the system.
    private const long LargestState = 16 << 20;

    /// <summary>The tower's results of all items, in their order.</summary>
    /// <param name="items">[N, ...].</param>
    /// <param name="rows">Rows of an item's states.</param>
    /// <param name="width">Width of the widest of them.</param>
    /// <param name="device">Where the tower is; on any but the CPU, and where gradients are recorded, all go at once.</param>
    /// <param name="tower">Some items [n, ...] to results [n, ...].</param>
    public static Tensor Run(Tensor items, long rows, long width, Device device, Func<Tensor, Tensor> tower)
    {
        long count = items.shape[0], most = Math.Max(1, LargestState / (rows * width * sizeof(float)));
        if (count <= most || device.type != TorchSharp.DeviceType.CPU || is_grad_enabled())
        {
            return tower(items);
        }

        using var scope = NewDisposeScope();
        var results = new List<Tensor>();
        for (long start = 0; start < count; start += most)
        {
            results.Add(tower(items.narrow(0, start, Math.Min(most, count - start))));
        }

        return cat(results, 0).MoveToOuterDisposeScope();
    }
}
