using BrewClip.Models.Whisper.Transcription;

namespace BrewClip.Tests.Models.Whisper.Transcription;

public sealed class SilenceGateTests
{
    [Theory]
    [InlineData(-80)]
    [InlineData(-4000)]
    [InlineData(200)]
    public void Digital_silence_is_below_every_level(double level) => Assert.True(new SilenceGate(level).IsSilent(new float[4000]));
}
