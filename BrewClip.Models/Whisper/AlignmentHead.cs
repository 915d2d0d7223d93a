namespace BrewClip.Models.Whisper;

/// <summary>One cross-attention head of the decoder whose attention follows the timing of words.</summary>
/// <param name="Layer">Decoder layer, from 0.</param>
/// <param name="Head">Head within it, from 0.</param>
public readonly record struct AlignmentHead(int Layer, int Head);
