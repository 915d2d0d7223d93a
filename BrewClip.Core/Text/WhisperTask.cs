namespace BrewClip.Core.Text;

/// <summary>What Whisper is asked to write.</summary>
public enum WhisperTask
{
    /// <summary>The words as they were said, in their language.</summary>
    Transcribe,

    /// <summary>Their translation into English.</summary>
    Translate,
}
