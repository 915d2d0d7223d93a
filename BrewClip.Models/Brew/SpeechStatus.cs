namespace BrewClip.Models.Brew;

/// <summary>Where the transcript of a <see cref="SpeechEmbedding"/> comes from, or why there is none.</summary>
public enum SpeechStatus
{
    /// <summary>Whisper wrote it down.</summary>
    Transcribed,

    /// <summary>The caller gave it.</summary>
    Given,

    /// <summary>No words were heard: silence, or sound without speech.</summary>
    NoSpeech,

    /// <summary>Transcription failed; <see cref="SpeechEmbedding.Failure"/> says how.</summary>
    NotTranscribable,

    /// <summary>The model has no pipeline channel, so nothing was transcribed.</summary>
    NotTranscribed,
}
