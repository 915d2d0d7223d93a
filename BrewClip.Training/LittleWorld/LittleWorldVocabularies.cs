using BrewClip.Core.Text;
using BrewClip.Data;

namespace BrewClip.Training.LittleWorld;

/// <summary>Vocabularies learned from a corpus' captions: with enough merges every word of Little World becomes one token.</summary>
public static class LittleWorldVocabularies
{
    /// <summary>A vocabulary of CLIP's kind.</summary>
    public static BytePairVocabulary Clip(
        IEnumerable<Utterance> captions, int merges = 1_000, CancellationToken cancellation = default) => BytePairTrainer.Learn(
        captions.Select(caption => caption.Caption!),
        new BytePairTraining { Flavour = BytePairFlavour.Clip, Merges = merges },
        cancellationToken: cancellation);

    /// <summary>
    /// A vocabulary of Whisper's kind for English alone. Every word is seen after a space, as Whisper's transcripts have it.
    /// </summary>
    public static BytePairVocabulary Whisper(
        IEnumerable<Utterance> captions, int merges = 1_000, CancellationToken cancellation = default) => BytePairTrainer.Learn(
        captions.Select(caption => $" {caption.Caption!.Trim()}"),
        new BytePairTraining { Flavour = BytePairFlavour.Whisper, Merges = merges },
        cancellationToken: cancellation);
}
