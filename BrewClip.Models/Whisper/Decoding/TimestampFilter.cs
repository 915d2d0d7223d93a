using System.Numerics.Tensors;
using BrewClip.Core.Text;

namespace BrewClip.Models.Whisper.Decoding;

/// <summary>
/// Timestamps come in pairs around text, never go back, open the transcript, and are taken whenever all of them together are likelier than
/// any one text token (openai/whisper, <c>ApplyTimestampRules</c>).
/// </summary>
/// <param name="tokenizer">Where timestamps, the end and the no-timestamps token stand.</param>
/// <param name="maxInitialIndex">The latest first timestamp in steps of 20 ms; null for no limit.</param>
internal sealed class TimestampFilter(WhisperTokenizer tokenizer, int? maxInitialIndex) : ILogitFilter
{
    private readonly int _first = tokenizer.TimestampBegin;
    private readonly int _end = tokenizer.EndOfText;
    private readonly int _noTimestamps = tokenizer.NoTimestamps;

    public void Apply(Span<float> logits, ReadOnlySpan<int> sampled)
    {
        logits[_noTimestamps] = float.NegativeInfinity;
        KeepPairs(logits, sampled);
        if (sampled.IsEmpty)
        {
            OpenWithTimestamp(logits);
        }

        PreferTimestamps(logits);
    }

    private void KeepPairs(Span<float> logits, ReadOnlySpan<int> sampled)
    {
        bool lastIsTimestamp = sampled.Length >= 1 && sampled[^1] >= _first;
        bool oneBeforeIsTimestamp = sampled.Length < 2 || sampled[^2] >= _first;
        if (lastIsTimestamp)
        {
            // A pair is complete: text has to follow. Half a pair: its other half, or the end.
            (oneBeforeIsTimestamp ? logits[_first..] : logits[.._end]).Fill(float.NegativeInfinity);
        }

        int latest = LatestTimestamp(sampled);
        if (latest >= 0)
        {
            // Text between two timestamps takes time, else a window could be repeated for ever.
            int earliest = lastIsTimestamp && !oneBeforeIsTimestamp ? latest : latest + 1;
            logits[_first..Math.Min(earliest, logits.Length)].Fill(float.NegativeInfinity);
        }
    }

    private int LatestTimestamp(ReadOnlySpan<int> sampled)
    {
        for (int i = sampled.Length - 1; i >= 0; i--)
        {
            if (sampled[i] >= _first)
            {
                return sampled[i];
            }
        }

        return -1;
    }

    private void OpenWithTimestamp(Span<float> logits)
    {
        logits[.._first].Fill(float.NegativeInfinity);
        if (maxInitialIndex is { } limit && _first + limit + 1 < logits.Length)
        {
            logits[(_first + limit + 1)..].Fill(float.NegativeInfinity);
        }
    }

    private void PreferTimestamps(Span<float> logits)
    {
        float likeliestText = TensorPrimitives.Max<float>(logits[.._first]);
        if (LogProbabilities.LogSumExp(logits[_first..]) > likeliestText)
        {
            logits[.._first].Fill(float.NegativeInfinity);
        }
    }
}
