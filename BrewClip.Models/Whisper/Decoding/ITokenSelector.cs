namespace BrewClip.Models.Whisper.Decoding;

/// <summary>How one utterance's next tokens are chosen. It has a fixed number of rows, which are decoded side by side.</summary>
internal interface ITokenSelector
{
    /// <summary>Rows of this utterance.</summary>
    int Rows { get; }

    /// <summary>The tokens generated so far in a row, the end not among them.</summary>
    ReadOnlySpan<int> Sampled(int row);

    /// <summary>Chooses each row's next token.</summary>
    /// <param name="logits">Filtered scores of each row, or of the one that all rows share in the first step.</param>
    /// <param name="tokens">Receives the token that each row goes on with [rows].</param>
    /// <param name="sources">Receives which row each row continues [rows].</param>
    /// <returns>Whether the utterance is complete.</returns>
    bool Select(LogitRows logits, Span<int> tokens, Span<int> sources);

    /// <summary>The sequences to choose the result from, in the order in which equals are preferred.</summary>
    IReadOnlyList<Hypothesis> Candidates();
}
