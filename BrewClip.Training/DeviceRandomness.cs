using static TorchSharp.torch;

namespace BrewClip.Training;

/// <summary>Random numbers of the GPUs, made to follow from those of the CPU.</summary>
/// <remarks>
/// TorchSharp seeds a GPU's generator but neither reads nor restores its state, so the CPU's state, which can be kept, stands for both:
/// bringing it back and calling <see cref="FollowCpu()"/> again gives the GPU the same numbers again.
/// </remarks>
internal static class DeviceRandomness
{
    // The largest seed that a double holds exactly, so that no conversion on the way can change it.
    private const long Seeds = 1L << 53;

    /// <summary>
    /// Where there are GPUs, draws a number on the CPU and seeds all of them with it; else nothing happens and none is drawn.
    /// </summary>
    public static void FollowCpu()
    {
        if (cuda_is_available())
        {
            FollowCpu(cuda.manual_seed_all);
        }
    }

    internal static void FollowCpu(Action<long> seedDevices)
    {
        using var drawn = randint(0, Seeds, [1], dtype: ScalarType.Int64);
        seedDevices(drawn.item<long>());
    }
}
