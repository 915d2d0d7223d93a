using BrewClip.Core.Audio;
using BrewClip.Core.Checkpoints;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Core.Audio;

public sealed class ResamplerTests
{
    private static readonly SafetensorsFile _golden = SafetensorsFile.Open(TestFiles.Golden("audio", "resample.safetensors"));

    [Theory]
    [InlineData(48000)]
    [InlineData(44100)]
    [InlineData(22050)]
    [InlineData(8000)]
    [InlineData(11025)]
    public void Every_rate_equals_the_reference(int rate)
    {
        float[] output = Resampler.Resample(_golden.ReadFloat32($"input_{rate}"), rate, 16000);

        Assert.InRange(Differences.Largest(_golden.ReadFloat32($"output_{rate}_to_16000"), output), 0, 1e-6);
    }
}
