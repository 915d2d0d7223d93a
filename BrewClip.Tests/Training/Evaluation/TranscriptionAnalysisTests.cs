using BrewClip.Training.Evaluation;

namespace BrewClip.Tests.Training.Evaluation;

public sealed class TranscriptionAnalysisTests
{
    [Fact]
    public void Rates_are_those_of_normalised_texts_and_recall_falls_with_them()
    {
        var queries = Enumerable.Range(0, 200).Select(i => (i % 4) switch
        {
            0 => new TranscribedQuery($"{i}", "A DOG runs, over the hill.", "a dog runs over the hill", i % 8 == 0 ? 0 : i % 5),
            1 => new TranscribedQuery($"{i}", "a dog runs over the hill", "a dog runs over a hill", i % 3),
            2 => new TranscribedQuery($"{i}", "a dog runs over the hill", "a log ran over an ill", i % 9),
            _ => new TranscribedQuery($"{i}", "a dog runs over the hill", "", 3 + i % 20),
        }).ToArray();
        var analysis = TranscriptionAnalysis.Compute(queries, cutoff: 2);
        Assert.Equal(0, analysis.Rates[0]);
        Assert.Equal(1.0 / 6, analysis.Rates[1], 1e-12);
        Assert.Equal(1, analysis.Rates[3]);
        Assert.Equal(queries.Count(query => query.Rank < 2) / 200.0, analysis.Recall, 1e-12);
        Assert.Null(analysis.NotFitted);
        Assert.True(analysis.Regression!.Coefficients[1] < 0);
        Assert.True(analysis.Regression.Probability(0) > analysis.Regression.Probability(1));
    }

    [Fact]
    public void Where_nothing_can_be_fitted_the_rates_are_there_and_the_reason_is_said()
    {
        var analysis = TranscriptionAnalysis.Compute([new("a", "one dog", "one dog", 0), new("b", "two dogs", "two cats", 0)]);
        Assert.Null(analysis.Regression);
        Assert.Contains("misses", analysis.NotFitted, StringComparison.Ordinal);
        Assert.Equal(0.25, analysis.WordErrorRate, 1e-12);
    }

    [Fact]
    public void Utterances_without_reference_words_are_left_out_and_named()
    {
        var analysis = TranscriptionAnalysis.Compute([new("a", "one dog", "one dog", 0), new("empty", "[laughs]", "noise", 4)]);
        Assert.Equal(["empty"], analysis.WithoutReference);
        Assert.Single(analysis.Rates);
        Assert.Throws<ArgumentException>(() => TranscriptionAnalysis.Compute([new("empty", "", "noise", 4)]));
    }
}
