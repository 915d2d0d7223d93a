namespace BrewClip.Models.Whisper.Decoding;

/// <summary>Which of an utterance's candidates is its transcript.</summary>
internal interface ISequenceRanker
{
    /// <summary>The best of one or more candidates; the first of equals.</summary>
    Hypothesis Best(IReadOnlyList<Hypothesis> candidates);
}
