using BrewClip.Core.Text;
using BrewClip.Models.Whisper;
using static TorchSharp.torch;

namespace BrewClip.Training.Tasks;

/// <summary>
/// The likeliest token at every step, and nothing else: how training watches a model. Transcribing for users, with its rules and
/// fallbacks, is the business of <c>BrewClip.Models.Whisper.Decoding</c>.
/// </summary>
internal static class GreedyTranscripts
{
    /// <param name="decoder">The model.</param>
    /// <param name="audio">Encoder output [N, frames, width].</param>
    /// <param name="tokenizer">The model's.</param>
    /// <param name="start">What every transcript opens with.</param>
    /// <returns>N texts; one that finds no end stops where the model's positions do.</returns>
    public static string[] Of(WhisperDecoder decoder, Tensor audio, WhisperTokenizer tokenizer, int[] start)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        int count = (int)audio.shape[0];
        using var cache = decoder.CreateCache(audio);
        var texts = Enumerable.Range(0, count).Select(_ => new List<int>()).ToArray();
        var open = Enumerable.Repeat(true, count).ToArray();
        long[] next = [.. Enumerable.Repeat(start.Select(token => (long)token), count).SelectMany(tokens => tokens)];
        while (open.Contains(true) && cache.Length + next.Length / count <= decoder.Config.TextPositions)
        {
            using var step = NewDisposeScope();
            var scores = decoder.Decode(tensor(next, [count, next.Length / count]), cache).select(1, 0);
            next = scores.narrow(1, 0, tokenizer.TimestampBegin).argmax(1).cpu().data<long>().ToArray();
            for (int i = 0; i < count; i++)
            {
                open[i] &= next[i] != tokenizer.EndOfText;
                if (open[i])
                {
                    texts[i].Add((int)next[i]);
                }
            }
        }

        return [.. texts.Select(tokenizer.Decode)];
    }
}
