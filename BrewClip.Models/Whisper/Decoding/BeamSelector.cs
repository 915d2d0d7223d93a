namespace BrewClip.Models.Whisper.Decoding;

/// <summary>Beam search: each row is extended by its likeliest tokens, and the likeliest of all extensions are the next rows.</summary>
/// <remarks>Sums are float32, as in openai/whisper: which of two nearly equal sequences goes on depends on it.</remarks>
internal sealed class BeamSelector : ITokenSelector
{
    private readonly int _beams;
    private readonly int _endOfText;
    private readonly int _complete;
    private readonly List<Hypothesis> _finished = [];
    private readonly int[] _topTokens;
    private readonly float[] _topScores;
    private Hypothesis[] _rows;

    public BeamSelector(DecodingOptions options, int endOfText)
    {
        _beams = options.BeamSize!.Value;
        _complete = (int)Math.Round(_beams * (options.Patience ?? 1));
        _endOfText = endOfText;
        _rows = [.. Enumerable.Range(0, _beams).Select(_ => new Hypothesis())];
        _topTokens = new int[_beams + 1];
        _topScores = new float[_beams + 1];
    }

    public int Rows => _beams;

    public ReadOnlySpan<int> Sampled(int row) => _rows[row].Tokens;

    public bool Select(LogitRows logits, Span<int> tokens, Span<int> sources)
    {
        var next = new Hypothesis[_beams];
        var ended = new List<Hypothesis>();
        int kept = 0;
        foreach (var (row, token, score) in Extensions(logits))
        {
            if (token == _endOfText)
            {
                ended.Add(_rows[row].Ended(score));
                continue;
            }

            next[kept] = _rows[row].With(token, score);
            (tokens[kept], sources[kept]) = (token, row);
            if (++kept == _beams)
            {
                break;
            }
        }

        // Only a vocabulary smaller than the beams leaves rows without an extension: they repeat the last one.
        for (int row = kept; row < _beams; row++)
        {
            (next[row], tokens[row], sources[row]) = (next[kept - 1], tokens[kept - 1], sources[kept - 1]);
        }

        _rows = next;
        _finished.AddRange(ended.Take(Math.Max(0, _complete - _finished.Count)));
        return _finished.Count >= _complete;
    }

    public IReadOnlyList<Hypothesis> Candidates()
    {
        if (_finished.Count >= _beams)
        {
            return _finished;
        }

        var unfinished = _rows.Index().OrderByDescending(row => row.Item.LogProbability).ThenByDescending(row => row.Index)
            .Select(row => row.Item);
        return [.. _finished, .. unfinished.Take(_beams - _finished.Count)];
    }

    // In the first step all rows are one: extending one of them gives every distinct sequence.
    private IEnumerable<(int Row, int Token, float Score)> Extensions(LogitRows logits)
    {
        var extensions = new List<(int Row, int Token, float Score)>(logits.Count * (_beams + 1));
        for (int row = 0; row < logits.Count; row++)
        {
            ReadOnlySpan<float> scores = logits[row];
            float normalizer = LogProbabilities.Normalizer(scores);
            int count = LogProbabilities.Top(scores, _topTokens, _topScores);
            for (int i = 0; i < count; i++)
            {
                extensions.Add((row, _topTokens[i], _rows[row].LogProbability + (_topScores[i] - normalizer)));
            }
        }

        return extensions.OrderByDescending(extension => extension.Score);
    }
}
