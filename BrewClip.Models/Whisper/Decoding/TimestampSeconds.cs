namespace BrewClip.Models.Whisper.Decoding;

/// <summary>What timestamp tokens measure.</summary>
internal static class TimestampSeconds
{
    /// <summary>
    /// Seconds from one timestamp token to the next: one position of the encoder, two mel frames (openai/whisper, <c>tokenizer.py</c>).
    /// </summary>
    public const double Step = 0.02;
}
