using static TorchSharp.torch;

namespace BrewClip.Models.Whisper;

/// <summary>Gathers the attention scores of chosen heads while the decoder goes through its layers.</summary>
internal sealed class AlignmentScores(IReadOnlyList<AlignmentHead> heads)
{
    private readonly Tensor?[] _scores = new Tensor?[heads.Count];

    /// <summary>The decoder layer at work.</summary>
    public int Layer { get; set; }

    /// <summary>Keeps the scores of this layer's chosen heads.</summary>
    public void Collect(Func<int, Tensor> scoresOfHead)
    {
        for (int i = 0; i < heads.Count; i++)
        {
            if (heads[i].Layer == Layer)
            {
                var scores = scoresOfHead(heads[i].Head);
                scores.DetachFromDisposeScope();
                _scores[i] = scores;
            }
        }
    }

    /// <summary>[heads, rows, T, frames] in the order of the heads; the parts are disposed.</summary>
    public Tensor Stack()
    {
        var result = stack(_scores.Select(scores => scores!).ToArray(), 0);
        foreach (var scores in _scores)
        {
            scores!.Dispose();
        }

        return result;
    }
}
