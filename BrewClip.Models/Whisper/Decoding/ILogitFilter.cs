namespace BrewClip.Models.Whisper.Decoding;

/// <summary>A rule about which token may come next. Stateless, so shared by rows and threads.</summary>
internal interface ILogitFilter
{
    /// <summary>Sets the scores of tokens that may not come next to negative infinity, in place.</summary>
    /// <param name="logits">One row's scores of every token [vocabulary].</param>
    /// <param name="sampled">The tokens generated so far in this row, without prompt and prefix.</param>
    void Apply(Span<float> logits, ReadOnlySpan<int> sampled);
}
