using BrewClip.Core.Audio;

namespace BrewClip.Tests.Core.Audio;

public sealed class SpecAugmentTests
{
    [Fact]
    public void The_same_seed_masks_the_same() => Assert.Equal(Masked(5), Masked(5));

    [Fact]
    public void Seeds_differ() => Assert.NotEqual(Masked(5), Masked(6));

    [Fact]
    public void A_frequency_mask_covers_whole_neighbouring_rows()
    {
        float[] values = Ones(40 * 100);
        new SpecAugment { TimeMasks = 0, FrequencyWidth = 30 }.Apply(values, 40, 100, new Random(3));
        bool[] masked = [.. Enumerable.Range(0, 40).Select(row => values[row * 100] == 0)];

        Assert.All(
            Enumerable.Range(0, 40), row => Assert.All(values[(row * 100)..(row * 100 + 100)], v => Assert.Equal(masked[row] ? 0 : 1, v)));
        Assert.InRange(masked.Count(isMasked => isMasked), 1, 29);
        Assert.InRange(masked.Zip(masked.Skip(1)).Count(pair => pair.First != pair.Second), 1, 2);
    }

    [Fact]
    public void A_time_mask_covers_the_same_columns_in_every_row()
    {
        float[] values = Ones(40 * 100);
        new SpecAugment { FrequencyMasks = 0, TimeWidth = 50, MaskValue = -1 }.Apply(values, 40, 100, new Random(3));

        for (int row = 1; row < 40; row++)
        {
            Assert.Equal(values[..100], values[(row * 100)..(row * 100 + 100)]);
        }

        Assert.InRange(values[..100].Count(value => value == -1), 1, 49);
    }

    [Fact]
    public void Frames_by_bins_is_the_transposed_of_bins_by_frames()
    {
        float[] byBins = Ones(40 * 100);
        float[] byFrames = Ones(40 * 100);
        var augment = new SpecAugment { FrequencyWidth = 20, TimeWidth = 50, FrequencyMasks = 2, TimeMasks = 2 };
        augment.Apply(byBins, 40, 100, new Random(9));
        augment.ApplyToFrames(byFrames, 100, 40, new Random(9));

        for (int i = 0; i < byBins.Length; i++)
        {
            Assert.Equal(byBins[i], byFrames[i % 100 * 40 + i / 100]);
        }
    }

    [Fact]
    public void A_limit_wider_than_the_spectrogram_is_no_error()
    {
        float[] values = Ones(4 * 3);
        new SpecAugment { FrequencyWidth = 1000, TimeWidth = 1000 }.Apply(values, 4, 3, new Random(1));

        Assert.Contains(0, values);
    }

    [Fact]
    public void A_shape_that_does_not_fit_is_refused() =>
        Assert.Throws<ArgumentException>(() => new SpecAugment().Apply(new float[11], 4, 3, new Random(1)));

    private static float[] Masked(int seed)
    {
        float[] values = Ones(80 * 300);
        new SpecAugment().Apply(values, 80, 300, new Random(seed));
        return values;
    }

    private static float[] Ones(int count) => [.. Enumerable.Repeat(1f, count)];
}
