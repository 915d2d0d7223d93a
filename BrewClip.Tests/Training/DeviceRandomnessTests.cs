using BrewClip.Training;
using static TorchSharp.torch;

namespace BrewClip.Tests.Training;

[Collection(RandomStateCollection.Name)]
public sealed class DeviceRandomnessTests
{
    [Fact]
    public void Bringing_back_the_CPUs_numbers_brings_back_the_seed_of_the_devices()
    {
        manual_seed(9).Dispose();
        using var state = get_rng_state();
        var seeds = new List<long>();
        DeviceRandomness.FollowCpu(seeds.Add);
        DeviceRandomness.FollowCpu(seeds.Add);
        set_rng_state(state);
        DeviceRandomness.FollowCpu(seeds.Add);
        Assert.Equal(seeds[0], seeds[2]);
        Assert.NotEqual(seeds[0], seeds[1]);
        Assert.All(seeds, seed => Assert.InRange(seed, 0, 1L << 53));
    }

    [Fact]
    public void Without_a_GPU_the_CPUs_numbers_are_left_alone()
    {
        using var before = get_rng_state();
        DeviceRandomness.FollowCpu();
        using var after = get_rng_state();
        Assert.Equal(!cuda_is_available(), before.data<byte>().ToArray().SequenceEqual(after.data<byte>().ToArray()));
    }

    [Fact]
    public void Seeding_the_GPUs_leaves_the_CPUs_numbers_alone()
    {
        using var before = get_rng_state();
        cuda.manual_seed_all(5);
        using var after = get_rng_state();
        Assert.Equal(before.data<byte>().ToArray(), after.data<byte>().ToArray());
    }
}
