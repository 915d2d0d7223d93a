namespace BrewClip.Models.Whisper.Transcription;

/// <summary>How finely a transcript is timed.</summary>
public enum TimestampDetail
{
    /// <summary>Each window of sound is one segment.</summary>
    None,

    /// <summary>Segments as the model's timestamps cut them.</summary>
    Segment,

    /// <summary>Segments, and the start and end of each word.</summary>
    Word,
}
