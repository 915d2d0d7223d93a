namespace BrewClip.Training.Probes;

/// <summary>What Whisper's encoder says of one utterance: the frames that hold it, without those of the padding.</summary>
/// <param name="Values">[<paramref name="Count"/>, <paramref name="Width"/>], row-major, one frame for each 20 ms.</param>
/// <param name="Count">Frames: ceil(samples / 320), at most the encoder's positions.</param>
/// <param name="Width">The encoder's width.</param>
public sealed record EncoderFrames(ReadOnlyMemory<Half> Values, int Count, int Width)
{
    /// <summary>One frame in float16.</summary>
    public ReadOnlySpan<Half> this[int frame] => Values.Span.Slice(frame * Width, Width);
}
