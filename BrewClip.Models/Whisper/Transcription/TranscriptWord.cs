namespace BrewClip.Models.Whisper.Transcription;

/// <summary>A timed word.</summary>
/// <param name="Text">The word with the space before it and its punctuation.</param>
/// <param name="Start">Seconds from the start of the sound.</param>
/// <param name="End">Seconds from the start of the sound.</param>
/// <param name="Probability">Mean probability of its tokens, 0 to 1.</param>
public sealed record TranscriptWord(string Text, double Start, double End, double Probability);
