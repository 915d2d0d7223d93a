using BrewClip.Core.Retrieval;

namespace BrewClip.Training.Evaluation;

/// <summary>
/// Retrieval as the paper measures it (section 4): recall at K both ways over a whole split; images count once, a query counts if any
/// correct item is among its K nearest, and of equal similarities the lower index ranks first.
/// </summary>
public static class RetrievalEvaluator
{
    /// <summary>Ranks everything against everything and counts.</summary>
    /// <param name="embeddings">The vectors of a split.</param>
    /// <param name="cutoffs">The values of K; 1, 5 and 10 when null.</param>
    /// <param name="bootstrap">
    /// How the intervals are resampled. Images are drawn, and with an image all of its utterances: captions of one picture are not
    /// independent. The gallery stays whole.
    /// </param>
    /// <param name="cancellation">Ends the evaluation early.</param>
    /// <exception cref="ArgumentException">
    /// There are no pairs, lengths disagree, an utterance's image is missing, or a vector is zero or not finite.
    /// </exception>
    public static RetrievalResult Evaluate(
        RetrievalEmbeddings embeddings, IReadOnlyList<int>? cutoffs = null, BootstrapOptions? bootstrap = null,
        CancellationToken cancellation = default)
    {
        var positions = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < embeddings.ImageIds.Count; i++)
        {
            if (!positions.TryAdd(embeddings.ImageIds[i], i))
            {
                throw new ArgumentException(
                    $"The image '{embeddings.ImageIds[i]}' is there twice: each image counts once.", nameof(embeddings));
            }
        }

        int[] imageOfUtterance = [.. embeddings.ImageOfUtterance.Select(id => positions.TryGetValue(id, out int position)
            ? position
            : throw new ArgumentException($"The image '{id}' of an utterance has no vector.", nameof(embeddings)))];
        var ranks = RecallAtK.Compute(
            embeddings.Utterances, embeddings.Images, imageOfUtterance, embeddings.Dimensions, cutoffs, cancellation);
        return new RetrievalResult
        {
            Utterances = embeddings.UtteranceIds.Count,
            Images = embeddings.ImageIds.Count,
            Recalls = [.. ranks.Cutoffs.Select(cutoff => Recall(ranks, cutoff, embeddings.ImageOfUtterance, bootstrap))
                .OrderBy(recall => recall.Cutoff)],
            Skipped = embeddings.Skipped,
            Ranks = ranks,
        };
    }

    private static RecallWithInterval Recall(
        RecallAtK ranks, int cutoff, IReadOnlyList<string> imageOfUtterance, BootstrapOptions? bootstrap)
    {
        var forward = BootstrapInterval.ComputeClustered(Hits(ranks.QueryRanks, cutoff), imageOfUtterance, bootstrap);
        var backward = BootstrapInterval.Compute(Hits(ranks.ImageRanks, cutoff), bootstrap);
        return new RecallWithInterval(cutoff, forward, backward, (forward.Mean + backward.Mean) / 2);
    }

    private static double[] Hits(IReadOnlyList<int> ranks, int cutoff) => [.. ranks.Select(rank => rank < cutoff ? 1.0 : 0.0)];
}
