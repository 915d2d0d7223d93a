using BrewClip.Models.Whisper.Decoding;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Models.Whisper.Decoding;

public class LogProbabilitiesTests
{
    private static float[] Scores(int count, float scale = 10) =>
        [.. FormulaWeights.Uniform("scores", count).Select((value, i) => i % 5 == 3 ? float.NegativeInfinity : value * scale)];

    [Theory]
    [InlineData(1)]
    [InlineData(2048)]
    [InlineData(51865)]
    public void The_normalizer_is_the_logarithm_of_the_sum_of_exponentials(int count)
    {
        var scores = Scores(count);
        double expected = Math.Log(scores.Sum(score => Math.Exp(score)));
        Assert.Equal(expected, LogProbabilities.Normalizer(scores), 1e-5);
        Assert.Equal(expected, LogProbabilities.LogSumExp(scores), 1e-5);
    }

    [Fact]
    public void Large_scores_do_not_overflow()
    {
        Assert.Equal(1000 + Math.Log(2), LogProbabilities.Normalizer([1000, 1000, -1000]), 1e-3);
        Assert.Equal(float.NegativeInfinity, LogProbabilities.LogSumExp([float.NegativeInfinity, float.NegativeInfinity]));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Scores_that_are_no_numbers_are_refused(float bad)
    {
        Assert.Throws<NotFiniteNumberException>(() => LogProbabilities.Normalizer([1, bad, 2]));
    }

    [Fact]
    public void Nothing_left_to_choose_is_refused()
    {
        var refusal = Assert.Throws<InvalidOperationException>(() => LogProbabilities.Normalizer([float.NegativeInfinity]));
        Assert.Contains("Every token is suppressed", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, 6)]
    [InlineData(5000, 6)]
    [InlineData(51865, 1)]
    public void The_top_is_that_of_a_full_sort_with_lower_ids_first(int count, int wanted)
    {
        var scores = Scores(count, 3).Select(score => MathF.Round(score, 2)).ToArray();
        var expected = scores.Index().OrderByDescending(pair => pair.Item).Take(wanted).ToArray();
        var (tokens, values) = (new int[wanted], new float[wanted]);
        int found = LogProbabilities.Top(scores, tokens, values);
        Assert.Equal(expected.Length, found);
        Assert.Equal(expected.Select(pair => pair.Item), values[..found]);
        Assert.Equal(expected.Select(pair => pair.Index), tokens[..found]);
    }

    [Fact]
    public void Drawn_tokens_come_as_often_as_their_probability_says()
    {
        var scores = new float[3000];
        Array.Fill(scores, float.NegativeInfinity);
        (scores[0], scores[2047], scores[2900]) = (MathF.Log(1), MathF.Log(2), MathF.Log(5));
        var random = new Random(1);
        var counts = new int[3000];
        for (int i = 0; i < 2000; i++)
        {
            counts[LogProbabilities.Sample(scores, 1, random)]++;
        }

        Assert.Equal(2000, counts[0] + counts[2047] + counts[2900]);
        Assert.InRange(counts[0], 190, 310);
        Assert.InRange(counts[2047], 430, 570);
    }

    [Fact]
    public void A_temperature_near_zero_draws_the_likeliest()
    {
        var random = new Random(1);
        Assert.All(Enumerable.Range(0, 50), _ => Assert.Equal(1, LogProbabilities.Sample([1, 1.01f, 0], 1e-300, random)));
    }
}
