namespace BrewClip.Models.Whisper.Decoding;

/// <summary>Tokens that are never chosen.</summary>
/// <param name="tokens">Their ids.</param>
internal sealed class SuppressionFilter(int[] tokens) : ILogitFilter
{
    public void Apply(Span<float> logits, ReadOnlySpan<int> sampled)
    {
        foreach (int token in tokens)
        {
            logits[token] = float.NegativeInfinity;
        }
    }
}
