using BrewClip.Data;
using BrewClip.Models.Whisper;
using BrewClip.Tests.Support;
using BrewClip.Training.Tasks;

namespace BrewClip.Tests.Training.Tasks;

public sealed class SpeechTextSourceTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_window_ends_in_the_spectrogram_of_silence_or_in_zeros(double share)
    {
        using var folder = new TemporaryFolder();
        var source = Source(folder, new SpeechTextSourceOptions { ZeroPaddingShare = share }, out var shape);
        var example = source.Load(0, new DeterministicRandom(1));
        Assert.InRange(example.Frames, 1, shape.MelFrames - 1);
        Assert.All(Enumerable.Range(0, shape.MelBins), bin =>
        {
            var padding = example.Mel.AsSpan(bin * shape.MelFrames + example.Frames, shape.MelFrames - example.Frames).ToArray();
            Assert.All(padding, value => Assert.Equal(share == 1, value == 0));
        });
    }

    [Fact]
    public void Warped_frequencies_leave_the_padding_and_change_the_sound()
    {
        using var folder = new TemporaryFolder();
        var plain = Source(folder, new SpeechTextSourceOptions(), out var shape).Load(0, new DeterministicRandom(1));
        var warped = Source(folder, new SpeechTextSourceOptions { FrequencyWarp = 0.3 }, out _).Load(0, new DeterministicRandom(1));
        int stride = shape.MelFrames, frames = plain.Frames;
        float[] Part(float[] mel, Range range) =>
            [.. Enumerable.Range(0, shape.MelBins).SelectMany(bin => mel[(bin * stride)..((bin + 1) * stride)][range])];
        Assert.NotEqual(Part(plain.Mel, ..frames), Part(warped.Mel, ..frames));
        Assert.Equal(Part(plain.Mel, frames..), Part(warped.Mel, frames..));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.0)]
    public void A_warp_outside_its_range_is_refused(double warp)
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<ArgumentException>(() => Source(folder, new SpeechTextSourceOptions { FrequencyWarp = warp }, out _));
        Assert.Contains("it lies in [0, 1)", error.Message);
    }

    private static SpeechTextSource Source(TemporaryFolder folder, SpeechTextSourceOptions options, out WhisperConfig shape)
    {
        var tokenizer = ToyCorpus.WhisperTokenizer();
        shape = SmallModels.WhisperShape(tokenizer.VocabularySize);
        return new SpeechTextSource(ToyCorpus.Write(folder), tokenizer, shape, options);
    }
}
