using BrewClip.Core.Text;

namespace BrewClip.Models.Whisper.Decoding;

/// <summary>A transcript does not begin with a space alone, and does not end at once.</summary>
internal sealed class BlankFilter(WhisperTokenizer tokenizer) : ILogitFilter
{
    private readonly int[] _blank = [.. tokenizer.Encode(" "), tokenizer.EndOfText];

    public void Apply(Span<float> logits, ReadOnlySpan<int> sampled)
    {
        if (sampled.IsEmpty)
        {
            foreach (int token in _blank)
            {
                logits[token] = float.NegativeInfinity;
            }
        }
    }
}
