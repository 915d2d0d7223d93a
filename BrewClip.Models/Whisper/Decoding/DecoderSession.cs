using static TorchSharp.torch;

namespace BrewClip.Models.Whisper.Decoding;

/// <summary>A <see cref="WhisperDecoder"/> with a <see cref="KeyValueCache"/>: every token is read once.</summary>
internal sealed class DecoderSession : IDecoderSession
{
    private readonly WhisperDecoder _decoder;
    private readonly KeyValueCache _cache;

    /// <param name="decoder">Not disposed.</param>
    /// <param name="features">The encoder's output [utterances, frames, width]; not kept.</param>
    /// <param name="capacity">Positions for each row, padding included.</param>
    /// <param name="padding">How many positions each utterance's first tokens are fewer than the longest's.</param>
    public DecoderSession(WhisperDecoder decoder, Tensor features, int capacity, ReadOnlySpan<int> padding)
    {
        _decoder = decoder;
        _cache = decoder.CreateCache(features, capacity, padding);
    }

    public Tensor ScoreLanguages(int startOfTranscript)
    {
        using var scope = NewDisposeScope();
        var starts = new long[_cache.Rows];
        Array.Fill(starts, startOfTranscript);
        var logits = OnHost(_decoder.Decode(tensor(starts, [starts.Length, 1]), _cache));
        _cache.Truncate(0);
        return logits.MoveToOuterDisposeScope();
    }

    public (Tensor Next, Tensor AtStart) Begin(IReadOnlyList<UtteranceStart> utterances)
    {
        using var scope = NewDisposeScope();
        int longest = utterances.Max(utterance => utterance.Tokens.Length);
        var tokens = new long[utterances.Count * longest];
        var starts = new Tensor[utterances.Count];
        for (int i = 0; i < utterances.Count; i++)
        {
            int padding = longest - utterances[i].Tokens.Length;
            Array.ConvertAll(utterances[i].Tokens, token => (long)token).CopyTo(tokens, i * longest + padding);
        }

        var states = _decoder.States(tensor(tokens, [utterances.Count, longest]), _cache);
        for (int i = 0; i < utterances.Count; i++)
        {
            starts[i] = states[i].select(0, longest - utterances[i].Tokens.Length + utterances[i].StartIndex);
        }

        var next = OnHost(_decoder.Logits(states.select(1, longest - 1)));
        var atStart = OnHost(_decoder.Logits(stack(starts)));
        return (next.MoveToOuterDisposeScope(), atStart.MoveToOuterDisposeScope());
    }

    public void Repeat(int rows) => _cache.Repeat(rows);

    public void Reorder(ReadOnlySpan<int> sources) => _cache.Reorder(sources);

    public void Keep(ReadOnlySpan<int> utterances) => _cache.KeepUtterances(utterances);

    public Tensor Step(ReadOnlySpan<int> tokens)
    {
        using var scope = NewDisposeScope();
        var next = new long[tokens.Length];
        for (int i = 0; i < next.Length; i++)
        {
            next[i] = tokens[i];
        }

        return OnHost(_decoder.Decode(tensor(next, [next.Length, 1]), _cache)).MoveToOuterDisposeScope();
    }

    public void Dispose() => _cache.Dispose();

    private static Tensor OnHost(Tensor logits)
    {
        var shape = logits.shape;
        return logits.view(-1, shape[^1]).cpu().contiguous();
    }
}
