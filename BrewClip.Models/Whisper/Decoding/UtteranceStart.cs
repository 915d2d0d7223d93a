namespace BrewClip.Models.Whisper.Decoding;

/// <summary>The first tokens of an utterance.</summary>
/// <param name="Tokens">All that the decoder reads before it generates.</param>
/// <param name="StartIndex">Where among them the start of the transcript stands.</param>
internal sealed record UtteranceStart(int[] Tokens, int StartIndex);
