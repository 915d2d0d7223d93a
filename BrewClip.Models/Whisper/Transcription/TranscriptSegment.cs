namespace BrewClip.Models.Whisper.Transcription;

/// <summary>A timed stretch of a transcript.</summary>
public sealed record TranscriptSegment
{
    /// <summary>Its place in the transcript, from 0.</summary>
    public required int Id { get; init; }

    /// <summary>The mel frame (10 ms each) at which the window that it was heard in begins.</summary>
    public required int Seek { get; init; }

    /// <summary>Seconds from the start of the sound.</summary>
    public required double Start { get; init; }

    /// <summary>Seconds from the start of the sound.</summary>
    public required double End { get; init; }

    /// <summary>
    /// What is said, with the space that separates it from the text before; empty for an instant and for a text of white space.
    /// </summary>
    public required string Text { get; init; }

    /// <summary>Its tokens, timestamps included; none where the text is empty.</summary>
    public required IReadOnlyList<int> Tokens { get; init; }

    /// <summary>The temperature at which its window was decoded.</summary>
    public required double Temperature { get; init; }

    /// <summary>Average log probability of its window's tokens. 0 or less.</summary>
    public required double AverageLogProbability { get; init; }

    /// <summary>Compression ratio of its window's text. High where it repeats itself.</summary>
    public required double CompressionRatio { get; init; }

    /// <summary>Probability that nobody speaks in its window. 0 to 1.</summary>
    public required double NoSpeechProbability { get; init; }

    /// <summary>Its words where <see cref="TimestampDetail.Word"/> was asked for, else null.</summary>
    public IReadOnlyList<TranscriptWord>? Words { get; init; }
}
