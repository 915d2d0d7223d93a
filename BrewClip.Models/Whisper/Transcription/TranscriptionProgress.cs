namespace BrewClip.Models.Whisper.Transcription;

/// <summary>How far a transcription is.</summary>
/// <param name="Clip">Which of the clips, from 0; 0 where there is one.</param>
/// <param name="Position">Sound that has been transcribed.</param>
/// <param name="Duration">All of that clip's sound.</param>
/// <param name="Segments">The segments that are new since the last report.</param>
public sealed record TranscriptionProgress(int Clip, TimeSpan Position, TimeSpan Duration, IReadOnlyList<TranscriptSegment> Segments);
