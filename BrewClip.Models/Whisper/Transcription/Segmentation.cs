namespace BrewClip.Models.Whisper.Transcription;

/// <summary>What a window's tokens were cut into.</summary>
/// <param name="Segments">The segments in their order.</param>
/// <param name="Seek">The mel frame to go on from.</param>
/// <param name="EndsInSilence">Whether a single timestamp ends the tokens: nobody speaks after it.</param>
internal sealed record Segmentation(List<SegmentDraft> Segments, int Seek, bool EndsInSilence);
