using BrewClip.Core.Text;

namespace BrewClip.Training.Evaluation;

/// <summary>One utterance as <see cref="TranscriptionAnalysis"/> looks at it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Reference">What was said.</param>
/// <param name="Transcript">What was heard.</param>
/// <param name="Rank">The 0-based rank of its image among the images.</param>
public sealed record TranscribedQuery(string Id, string Reference, string Transcript, int Rank);

/// <summary>
/// What errors of transcription cost (paper, section 5, "Impact of Transcription Quality"): the word error rate of each utterance against
/// whether its image was among the first K, with a logistic regression.
/// </summary>
public sealed record TranscriptionAnalysis
{
    /// <summary>K.</summary>
    public required int Cutoff { get; init; }

    /// <summary>The word error rate of each utterance, after Whisper's English normalisation, in the order given.</summary>
    public required IReadOnlyList<double> Rates { get; init; }

    /// <summary>Whether each utterance's image was among the first K.</summary>
    public required IReadOnlyList<bool> Hits { get; init; }

    /// <summary>The word error rate over all words of all utterances.</summary>
    public required double WordErrorRate { get; init; }

    /// <summary>The share of utterances that hit, 0 to 1.</summary>
    public double Recall => (double)Hits.Count(hit => hit) / Hits.Count;

    /// <summary>
    /// P(hit) as a function of the word error rate: a negative second coefficient says that errors cost recall. Null where there is nothing
    /// to fit; <see cref="NotFitted"/> says why.
    /// </summary>
    public LogisticRegression? Regression { get; init; }

    /// <summary>Why there is no regression; null where there is one.</summary>
    public string? NotFitted { get; init; }

    /// <summary>Utterances that were left out because their reference has no words, against which no rate is defined.</summary>
    public required IReadOnlyList<string> WithoutReference { get; init; }

    /// <summary>Analyses a test split.</summary>
    /// <param name="queries">The utterances.</param>
    /// <param name="cutoff">K. Default 1.</param>
    /// <exception cref="ArgumentException">No utterance has a reference with words, or K is below 1.</exception>
    public static TranscriptionAnalysis Compute(IReadOnlyList<TranscribedQuery> queries, int cutoff = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cutoff, 1);
        var normalizer = new EnglishTextNormalizer();
        List<WordErrorRate> rates = [];
        List<bool> hits = [];
        List<string> without = [];
        foreach (var query in queries)
        {
            var rate = Core.Text.WordErrorRate.Compute(normalizer.Normalize(query.Reference), normalizer.Normalize(query.Transcript));
            if (rate.ReferenceWords == 0)
            {
                without.Add(query.Id);
                continue;
            }

            rates.Add(rate);
            hits.Add(query.Rank < cutoff);
        }

        if (rates.Count == 0)
        {
            throw new ArgumentException(
                $"None of the {queries.Count} utterances has a reference with words: there is nothing to compare.", nameof(queries));
        }

        var (regression, reason) = Fit([.. rates.Select(rate => rate.Rate)], hits);
        return new TranscriptionAnalysis
        {
            Cutoff = cutoff,
            Rates = [.. rates.Select(rate => rate.Rate)],
            Hits = hits,
            WordErrorRate = Core.Text.WordErrorRate.Sum(rates).Rate,
            Regression = regression,
            NotFitted = reason,
            WithoutReference = without,
        };
    }

    private static (LogisticRegression? Regression, string? Reason) Fit(double[] rates, List<bool> hits)
    {
        try
        {
            return (LogisticRegression.Fit([.. rates.Select(rate => new[] { rate })], hits), null);
        }
        catch (ArgumentException error)
        {
            return (null, error.Message);
        }
    }
}
