using System.Runtime.InteropServices;

namespace BrewClip.Models.Whisper.Decoding;

/// <summary>
/// A sequence of generated tokens, the end not among them, and the sum of their log probabilities (the end's included once it ended).
/// </summary>
internal sealed class Hypothesis
{
    private readonly List<int> _tokens;

    public Hypothesis()
    {
        _tokens = [];
    }

    private Hypothesis(List<int> tokens, float logProbability)
    {
        (_tokens, LogProbability) = (tokens, logProbability);
    }

    public float LogProbability { get; private set; }

    public int Length => _tokens.Count;

    public ReadOnlySpan<int> Tokens => CollectionsMarshal.AsSpan(_tokens);

    public void Append(int token, float logProbability)
    {
        _tokens.Add(token);
        LogProbability += logProbability;
    }

    /// <summary>Ends the sequence.</summary>
    public void End(float logProbability) => LogProbability += logProbability;

    /// <summary>This sequence with one more token.</summary>
    public Hypothesis With(int token, float total)
    {
        var tokens = new List<int>(Math.Max(16, _tokens.Count * 5 / 4 + 1));
        tokens.AddRange(_tokens);
        tokens.Add(token);
        return new Hypothesis(tokens, total);
    }

    /// <summary>This sequence, ended.</summary>
    public Hypothesis Ended(float total) => new([.. _tokens], total);
}
