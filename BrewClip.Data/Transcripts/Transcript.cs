namespace BrewClip.Data.Transcripts;

/// <summary>What a recognizer heard in one recording.</summary>
/// <param name="UtteranceId">The recording's file name without ending: <see cref="Utterance.Id"/>.</param>
/// <param name="Text">The transcript, without white space around it.</param>
public readonly record struct Transcript(string UtteranceId, string Text);
