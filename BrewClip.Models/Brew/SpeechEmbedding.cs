namespace BrewClip.Models.Brew;

/// <summary>An utterance as a vector, and what was heard on the way there. Immutable.</summary>
public sealed record SpeechEmbedding
{
    /// <summary>
    /// The utterance in the space of images and texts, of <see cref="BrewClipModel.Dimensions"/> numbers: the channels added (those that
    /// the model has and that heard something) and brought to length 1, unless <see cref="BrewClipOptions.Normalize"/> is off. Where there
    /// is no transcript and no acoustic channel either, it is that of the empty text and says nothing of the utterance: see
    /// <see cref="Status"/>.
    /// </summary>
    public required ReadOnlyMemory<float> Vector { get; init; }

    /// <summary>Where the transcript comes from, or why there is none.</summary>
    public required SpeechStatus Status { get; init; }

    /// <summary>What was said, without surrounding white space; empty where <see cref="Status"/> says that there is nothing.</summary>
    public required string Transcript { get; init; }

    /// <summary>Code of the language that Whisper was told or detected; null where it was not asked.</summary>
    public string? Language { get; init; }

    /// <summary>
    /// The mean probability of the transcript's tokens (the exponential of their average log probability), 0 to 1; null without a
    /// transcript of Whisper's.
    /// </summary>
    public double? Confidence { get; init; }

    /// <summary>
    /// The probability that nobody speaks, 0 to 1, averaged over windows; 1 for silence; null where Whisper was not asked.
    /// </summary>
    public double? NoSpeechProbability { get; init; }

    /// <summary>The pipeline channel's own vector, not normalised; null where it has none.</summary>
    public ReadOnlyMemory<float>? TextVector { get; init; }

    /// <summary>The acoustic channel's own vector, not normalised; null where the model has no such channel.</summary>
    public ReadOnlyMemory<float>? AcousticVector { get; init; }

    /// <summary>How long the utterance is.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>What went wrong where <see cref="Status"/> is <see cref="SpeechStatus.NotTranscribable"/>, else null.</summary>
    public string? Failure { get; init; }
}
