namespace BrewClip.Models.Whisper.Decoding;

/// <summary>The highest log probability, divided by the length, or by the length penalty of arXiv:1609.08144.</summary>
/// <param name="lengthPenalty">Its exponent; null for the length itself.</param>
internal sealed class LikelihoodRanker(double? lengthPenalty) : ISequenceRanker
{
    public Hypothesis Best(IReadOnlyList<Hypothesis> candidates) => candidates.MaxBy(Score)!;

    private double Score(Hypothesis candidate)
    {
        // A sequence that ended at once has no length to be divided by; its log probability is that of one token, the end.
        double divisor = lengthPenalty is { } exponent ? Math.Pow((5 + candidate.Length) / 6.0, exponent) : Math.Max(1, candidate.Length);
        return candidate.LogProbability / divisor;
    }
}
