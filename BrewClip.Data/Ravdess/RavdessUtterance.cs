namespace BrewClip.Data.Ravdess;

/// <summary>One acted sentence. <see cref="Utterance.Caption"/> is the sentence, <see cref="Utterance.Label"/> the class's name.</summary>
public sealed record RavdessUtterance : Utterance
{
    /// <summary>What the file name says.</summary>
    public required RavdessFields Fields { get; init; }

    /// <summary>The class's index in <see cref="RavdessDataset.Classes"/>.</summary>
    public required int Class { get; init; }
}
