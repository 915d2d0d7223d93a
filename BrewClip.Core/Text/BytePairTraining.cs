namespace BrewClip.Core.Text;

/// <summary>Whose kind of vocabulary is learned.</summary>
public enum BytePairFlavour
{
    /// <summary>CLIP's: text cleaned and in lower case, words marked at their end, digits single; start and end of text.</summary>
    Clip,

    /// <summary>
    /// Whisper's (GPT-2's): text as it is, words with the space before them; all of Whisper's special tokens and timestamps.
    /// </summary>
    Whisper,
}

/// <summary>How a vocabulary is learned.</summary>
public sealed record BytePairTraining
{
    /// <summary>Whose kind of vocabulary.</summary>
    public required BytePairFlavour Flavour { get; init; }

    /// <summary>
    /// The most merges to learn, 0 or more; fewer are learned where the corpus has no more pairs to offer. 2000 by default.
    /// </summary>
    public int Merges { get; init; } = 2000;

    /// <summary>How often a pair must occur to be merged, 1 or more; 2 by default.</summary>
    public long MinimumFrequency { get; init; } = 2;

    /// <summary>The languages that a Whisper vocabulary gets tokens for, in this order; none (the default) for English alone.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];
}
