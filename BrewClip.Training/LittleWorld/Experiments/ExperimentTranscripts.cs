using BrewClip.Core.Text;

namespace BrewClip.Training.LittleWorld.Experiments;

/// <summary>What Whisper heard of a corpus.</summary>
/// <param name="Rates">The word error rate of each utterance, after Whisper's English normalisation.</param>
/// <param name="WordErrorRate">Word errors of all utterances over all reference words.</param>
internal sealed record ExperimentTranscripts(IReadOnlyList<double> Rates, double WordErrorRate)
{
    /// <summary>Compares transcripts with a corpus' captions.</summary>
    public static ExperimentTranscripts Compare(ExperimentCorpus corpus, IReadOnlyList<string> texts)
    {
        var normalizer = new EnglishTextNormalizer();
        var rates = corpus.Captions.Zip(texts, (caption, text) => Core.Text.WordErrorRate.Compute(
            normalizer.Normalize(caption.Caption!), normalizer.Normalize(text))).ToList();
        return new ExperimentTranscripts([.. rates.Select(rate => rate.Rate)], Core.Text.WordErrorRate.Sum(rates).Rate);
    }
}
