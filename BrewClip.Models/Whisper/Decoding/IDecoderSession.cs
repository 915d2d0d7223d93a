using static TorchSharp.torch;

namespace BrewClip.Models.Whisper.Decoding;

/// <summary>The decoder at work on a batch of utterances, each with the same number of rows, which follow each other.</summary>
/// <remarks>One thread. Returned tensors are contiguous, on the CPU, and belong to the caller's dispose scope.</remarks>
internal interface IDecoderSession : IDisposable
{
    /// <summary>
    /// What each language's token scores after the start of the transcript alone: [utterances, vocabulary]. Nothing is remembered.
    /// </summary>
    Tensor ScoreLanguages(int startOfTranscript);

    /// <summary>Reads the first tokens of every utterance.</summary>
    /// <returns>
    /// Scores of the next token [utterances, vocabulary], and those after each utterance's start of transcript [utterances, vocabulary].
    /// </returns>
    (Tensor Next, Tensor AtStart) Begin(IReadOnlyList<UtteranceStart> utterances);

    /// <summary>Gives every utterance this many rows, copies of its one row.</summary>
    void Repeat(int rows);

    /// <summary>Row i continues what row sources[i] was.</summary>
    void Reorder(ReadOnlySpan<int> sources);

    /// <summary>Keeps these utterances, in this order.</summary>
    void Keep(ReadOnlySpan<int> utterances);

    /// <summary>Reads one token for each row: scores of the next [rows, vocabulary].</summary>
    Tensor Step(ReadOnlySpan<int> tokens);
}
