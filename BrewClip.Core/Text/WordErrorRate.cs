namespace BrewClip.Core.Text;

/// <summary>What happened to one word between a reference and a hypothesis.</summary>
public enum WordOperation
{
    /// <summary>The word is the same in both.</summary>
    Match,

    /// <summary>Another word stands in its place.</summary>
    Substitution,

    /// <summary>The reference's word is missing.</summary>
    Deletion,

    /// <summary>The hypothesis has a word that the reference lacks.</summary>
    Insertion,
}

/// <summary>
/// One place of an alignment: <paramref name="Reference"/> is null for an insertion, <paramref name="Hypothesis"/> for a deletion.
/// </summary>
public readonly record struct AlignedWord(WordOperation Operation, string? Reference, string? Hypothesis);

/// <summary>
/// How far a transcript is from what was said: the fewest substitutions, deletions and insertions of words that turn the reference into it.
/// Texts are compared as they are: normalise both first (<see cref="EnglishTextNormalizer"/>, <see cref="BasicTextNormalizer"/>).
/// </summary>
public sealed record WordErrorRate
{
    /// <summary>Words of the reference that the hypothesis has another word for.</summary>
    public required long Substitutions { get; init; }

    /// <summary>Words of the reference that the hypothesis lacks.</summary>
    public required long Deletions { get; init; }

    /// <summary>Words that only the hypothesis has.</summary>
    public required long Insertions { get; init; }

    /// <summary>The number of words of the reference.</summary>
    public required long ReferenceWords { get; init; }

    /// <summary>Word by word, what was aligned with what; empty in a <see cref="Sum"/>.</summary>
    public IReadOnlyList<AlignedWord> Alignment { get; init; } = [];

    /// <summary>All errors together.</summary>
    public long Errors => Substitutions + Deletions + Insertions;

    /// <summary>
    /// Errors per word of the reference; it may exceed 1. Without reference words it is 0, or infinite where the hypothesis has words.
    /// </summary>
    public double Rate => Errors == 0 ? 0 : (double)Errors / ReferenceWords;

    /// <summary>Compares two texts word by word, words being what white space separates.</summary>
    /// <remarks>
    /// Among alignments of equally few errors, one is chosen that pairs words late in the text first; the choice is always the same.
    /// </remarks>
    public static WordErrorRate Compute(string reference, string hypothesis)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(hypothesis);
        string[] said = EnglishNumbers.Words(reference);
        IReadOnlyList<AlignedWord> alignment = WordAlignment.Align(said, EnglishNumbers.Words(hypothesis));
        return new WordErrorRate
        {
            Substitutions = alignment.Count(word => word.Operation == WordOperation.Substitution),
            Deletions = alignment.Count(word => word.Operation == WordOperation.Deletion),
            Insertions = alignment.Count(word => word.Operation == WordOperation.Insertion),
            ReferenceWords = said.Length,
            Alignment = alignment,
        };
    }

    /// <summary>
    /// The rate over a whole corpus: all errors over all reference words, so that long utterances weigh more than short ones.
    /// </summary>
    public static WordErrorRate Sum(IEnumerable<WordErrorRate> rates)
    {
        ArgumentNullException.ThrowIfNull(rates);
        return rates.Aggregate(
            new WordErrorRate { Substitutions = 0, Deletions = 0, Insertions = 0, ReferenceWords = 0 },
            (sum, rate) => new WordErrorRate
            {
                Substitutions = sum.Substitutions + rate.Substitutions,
                Deletions = sum.Deletions + rate.Deletions,
                Insertions = sum.Insertions + rate.Insertions,
                ReferenceWords = sum.ReferenceWords + rate.ReferenceWords,
            });
    }
}
