namespace BrewClip.Models.Whisper.Transcription;

/// <summary>Why a transcript has the text it has.</summary>
public enum TranscriptOutcome
{
    /// <summary>There is text.</summary>
    Speech,

    /// <summary>The sound was heard and no words were found in it.</summary>
    NoSpeech,

    /// <summary>There was no sound to hear: none at all, or less than one frame of 10 ms.</summary>
    NoSound,
}
