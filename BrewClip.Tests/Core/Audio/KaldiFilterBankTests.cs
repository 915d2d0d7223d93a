using BrewClip.Core.Audio;
using BrewClip.Core.Checkpoints;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Core.Audio;

public sealed class KaldiFilterBankTests
{
    [Fact]
    public void Features_equal_the_reference()
    {
        using var golden = SafetensorsFile.Open(TestFiles.Golden("audio", "fbank.safetensors"));
        float[] waveform = golden.ReadFloat32("waveform");
        float mean = waveform.Average();
        float[] centred = [.. waveform.Select(sample => sample - mean)];
        var bank = new KaldiFilterBank();
        float[] features = new float[bank.FrameCount(centred.Length) * bank.MelBins];
        bank.Compute(centred, features);

        Assert.InRange(Differences.Largest(golden.ReadFloat32("fbank128"), features), 0, 1e-3);
    }
}
