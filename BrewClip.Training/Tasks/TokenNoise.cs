using static TorchSharp.torch;

namespace BrewClip.Training.Tasks;

/// <summary>Words that a decoder reads wrongly while it learns, so that it does not lean on those before more than on the sound.</summary>
public static class TokenNoise
{
    /// <summary>Some of the words, each with the same chance, become any word; special tokens stay. The draws are libtorch's.</summary>
    /// <param name="tokens">int64 of any shape.</param>
    /// <param name="words">Ids below this are words.</param>
    /// <param name="share">The chance, 0 to 1.</param>
    /// <returns>The shape of <paramref name="tokens"/>, on its device; the caller disposes it.</returns>
    public static Tensor Disturb(Tensor tokens, long words, double share)
    {
        using var scope = NewDisposeScope();
        var replaced = tokens.lt(words).logical_and(rand(tokens.shape, device: tokens.device).lt(share));
        var others = randint(0, words, tokens.shape, dtype: ScalarType.Int64, device: tokens.device);
        return where(replaced, others, tokens).MoveToOuterDisposeScope();
    }
}
