namespace BrewClip.Models.Whisper.Transcription;

/// <summary>What was said.</summary>
public sealed record Transcript
{
    /// <summary>All of the text, as the tokens spell it: usually with a space in front.</summary>
    public required string Text { get; init; }

    /// <summary>Code of the language that was given or detected; null where no sound was heard to detect it in.</summary>
    public required string? Language { get; init; }

    /// <summary>The segments in their order.</summary>
    public required IReadOnlyList<TranscriptSegment> Segments { get; init; }

    /// <summary>Whether there was sound and speech at all: an empty text is a result, and this says why it is empty.</summary>
    public required TranscriptOutcome Outcome { get; init; }

    /// <summary>Length of the sound.</summary>
    public required TimeSpan Duration { get; init; }
}
