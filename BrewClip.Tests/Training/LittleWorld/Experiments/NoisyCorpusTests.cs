using BrewClip.Core.Audio;
using BrewClip.Training.LittleWorld.Experiments;

namespace BrewClip.Tests.Training.LittleWorld.Experiments;

public sealed class NoisyCorpusTests
{
    private static readonly AudioClip _tone = new(Enumerable.Range(0, 32_000).Select(i => 0.2f * MathF.Sin(i * 0.1f)).ToArray(), 16_000);

    [Theory]
    [InlineData(20)]
    [InlineData(0)]
    public void The_noise_has_the_power_that_was_asked_for(double decibels)
    {
        var noisy = NoisyCorpus.WithNoise(_tone, decibels, "a");
        double signal = 0, noise = 0;
        for (int i = 0; i < _tone.Samples.Length; i++)
        {
            float clean = _tone.Samples.Span[i], difference = noisy.Samples.Span[i] - clean;
            (signal, noise) = (signal + clean * clean, noise + difference * difference);
        }

        Assert.Equal(decibels, 10 * Math.Log10(signal / noise), 0.2);
    }

    [Fact]
    public void A_name_decides_the_noise() => Assert.NotEqual(
        NoisyCorpus.WithNoise(_tone, 10, "a").Samples.ToArray(), NoisyCorpus.WithNoise(_tone, 10, "b").Samples.ToArray());

    [Fact]
    public void What_would_be_clipped_is_made_quieter_as_a_whole()
    {
        var noisy = NoisyCorpus.WithNoise(_tone, -20, "a");
        Assert.Equal(0.999f, noisy.Samples.ToArray().Max(MathF.Abs), 3);
    }
}
