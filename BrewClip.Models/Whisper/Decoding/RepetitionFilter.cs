namespace BrewClip.Models.Whisper.Decoding;

/// <summary>
/// No sequence of <paramref name="size"/> text tokens comes twice; timestamps and the end are left alone, they are not text.
/// </summary>
internal sealed class RepetitionFilter(int size, int endOfText) : ILogitFilter
{
    public void Apply(Span<float> logits, ReadOnlySpan<int> sampled)
    {
        int[] text = Text(sampled);
        if (text.Length < size)
        {
            return;
        }

        ReadOnlySpan<int> last = text.AsSpan(text.Length - (size - 1));
        for (int start = 0; start + size <= text.Length; start++)
        {
            if (text.AsSpan(start, size - 1).SequenceEqual(last))
            {
                logits[text[start + size - 1]] = float.NegativeInfinity;
            }
        }
    }

    private int[] Text(ReadOnlySpan<int> sampled)
    {
        var text = new List<int>(sampled.Length);
        foreach (int token in sampled)
        {
            if (token < endOfText)
            {
                text.Add(token);
            }
        }

        return [.. text];
    }
}
