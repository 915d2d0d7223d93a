using BrewClip.Core.Audio;

namespace BrewClip.Tests.Core.Audio;

public sealed class MelFilterBankTests
{
    [Theory]
    [InlineData(80)]
    [InlineData(128)]
    [InlineData(13)]
    public void Slaneys_filters_equal_their_published_definition(int bins)
    {
        double[,] expected = NaiveLogMel.Filters(bins);
        float[,] actual = Dense(MelFilterBank.Slaney(bins, 16000, 400));

        for (int bin = 0; bin < bins; bin++)
        {
            for (int k = 0; k <= 200; k++)
            {
                Assert.Equal(expected[bin, k], actual[bin, k], 1e-8);
            }
        }
    }

    [Fact]
    public void A_bin_too_narrow_for_any_frequency_reads_none()
    {
        var bank = MelFilterBank.Slaney(400, 16000, 400);
        float[] mel = new float[400];
        bank.Apply([.. Enumerable.Repeat(1f, 201)], mel);

        Assert.Contains(Enumerable.Range(0, 400), bin => bank.Weights(bin).IsEmpty);
        Assert.All(mel, value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void Kaldis_triangles_add_up_to_one_between_the_outer_centres()
    {
        // Neighbouring unscaled triangles overlap so that one falls as the next rises.
        float[,] weights = Dense(MelFilterBank.Kaldi(40, 16000, 512));
        for (int k = 4; k < 240; k++)
        {
            float sum = 0;
            for (int bin = 0; bin < 40; bin++)
            {
                sum += weights[bin, k];
            }

            Assert.Equal(1, sum, 1e-5);
        }
    }

    private static float[,] Dense(MelFilterBank bank)
    {
        var dense = new float[bank.Bins, bank.Frequencies];
        for (int bin = 0; bin < bank.Bins; bin++)
        {
            ReadOnlySpan<float> weights = bank.Weights(bin);
            for (int i = 0; i < weights.Length; i++)
            {
                dense[bin, bank.FirstFrequency(bin) + i] = weights[i];
            }
        }

        return dense;
    }
}
