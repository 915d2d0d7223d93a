using BrewClip.Training.Tasks;

namespace BrewClip.Tests.Training.Tasks;

public sealed class FrequencyWarpTests
{
    private const int Bins = 40, Stride = 5, Frames = 3;

    [Theory]
    [InlineData(0.8)]
    [InlineData(1.0)]
    [InlineData(1.25)]
    public void A_peak_moves_to_its_frequency_divided_by_the_factor_and_padding_stays(double factor)
    {
        var mel = new float[Bins * Stride];
        for (int bin = 0; bin < Bins; bin++)
        {
            Array.Fill(mel, -Math.Abs(bin - 20), bin * Stride, Frames);
            Array.Fill(mel, 7, bin * Stride + Frames, Stride - Frames);
        }

        FrequencyWarp.Apply(mel, Bins, Stride, Frames, factor);
        for (int frame = 0; frame < Frames; frame++)
        {
            Assert.Equal((int)Math.Round(20 / factor), Enumerable.Range(0, Bins).MaxBy(bin => mel[bin * Stride + frame]));
        }

        Assert.All(Enumerable.Range(0, Bins), bin => Assert.Equal([7f, 7f], mel.AsSpan(bin * Stride + Frames, Stride - Frames).ToArray()));
    }

    [Fact]
    public void A_factor_of_one_changes_nothing_and_a_line_stays_a_line()
    {
        float[] line = [.. Enumerable.Range(0, Bins).Select(bin => (float)bin)];
        float[] same = [.. line];
        FrequencyWarp.Apply(same, Bins, 1, 1, 1);
        Assert.Equal(line, same);
        FrequencyWarp.Apply(same, Bins, 1, 1, 0.9);
        Assert.All(line, bin => Assert.Equal(0.9f * bin, same[(int)bin], 1e-4f));
    }

    [Theory]
    [InlineData(Bins, 0)]
    [InlineData(1, 1)]
    public void A_factor_of_nothing_and_a_single_row_are_refused(int bins, double factor) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => FrequencyWarp.Apply(new float[Bins], bins, 1, 1, factor));
}
