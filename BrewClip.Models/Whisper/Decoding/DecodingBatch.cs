using BrewClip.Core.Text;
using static TorchSharp.torch;

namespace BrewClip.Models.Whisper.Decoding;

/// <summary>The loop over tokens: scores, filters, selection, and utterances that leave when they are done.</summary>
internal sealed class DecodingBatch
{
    private readonly IDecoderSession _session;
    private readonly IReadOnlyList<ILogitFilter> _filters;
    private readonly WhisperTokenizer _tokenizer;
    private readonly int _maxTokens;
    private readonly int _positions;
    private readonly int _rows;
    private readonly List<UtteranceDecoding> _utterances;
    private int[] _tokens;
    private int[] _sources;
    private int _steps;

    public DecodingBatch(DecodingTask task, IDecoderSession session, IReadOnlyList<UtteranceDecoding> utterances)
    {
        (_session, _filters, _tokenizer, _maxTokens) = (session, task.LogitFilters, task.Tokenizer, task.MaxTokens);
        _positions = task.Model.Config.TextPositions;
        _utterances = [.. utterances];
        _rows = utterances[0].Selector.Rows;
        _tokens = new int[_rows * _utterances.Count];
        _sources = new int[_rows * _utterances.Count];
    }

    /// <summary>Decodes until every utterance has ended, or has as many tokens as it may.</summary>
    public void Run(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using (NewDisposeScope())
        {
            var (next, atStart) = _session.Begin([.. _utterances.Select(utterance => utterance.Start)]);
            ReadNoSpeech(HostLogits.Rows(atStart));
            Select(HostLogits.Rows(next), rowsPerUtterance: 1);
        }

        bool repeated = false;
        while (!_utterances.TrueForAll(utterance => utterance.Completed))
        {
            cancellation.ThrowIfCancellationRequested();
            if (!repeated)
            {
                _session.Repeat(_rows);
                repeated = true;
            }
            else if (_rows > 1)
            {
                _session.Reorder(_sources);
            }

            LetCompletedLeave();
            using var scope = NewDisposeScope();
            Select(HostLogits.Rows(_session.Step(_tokens)), _rows);
        }
    }

    private void ReadNoSpeech(LogitRows atStart)
    {
        for (int i = 0; i < _utterances.Count; i++)
        {
            _utterances[i].NoSpeechProbability = LogProbabilities.Probability(atStart[i], _tokenizer.NoSpeech);
        }
    }

    private void Select(LogitRows logits, int rowsPerUtterance)
    {
        _steps++;
        for (int i = 0; i < _utterances.Count; i++)
        {
            var utterance = _utterances[i];
            var tokens = _tokens.AsSpan(i * _rows, _rows);
            var sources = _sources.AsSpan(i * _rows, _rows);
            if (utterance.Completed)
            {
                Idle(tokens, sources);
            }
            else
            {
                var rows = logits.Slice(i * rowsPerUtterance, rowsPerUtterance);
                Filter(rows, utterance.Selector);
                bool ended = utterance.Selector.Select(rows, tokens, sources);
                utterance.Completed = ended || _steps == _maxTokens || IsFull(utterance);
            }

            for (int row = 0; row < sources.Length; row++)
            {
                sources[row] += i * _rows;
            }
        }
    }

    private void Filter(LogitRows rows, ITokenSelector selector)
    {
        for (int row = 0; row < rows.Count; row++)
        {
            foreach (var filter in _filters)
            {
                filter.Apply(rows[row], selector.Sampled(row));
            }
        }
    }

    // Its rows go on reading something, whose scores nobody looks at.
    private void Idle(Span<int> tokens, Span<int> sources)
    {
        tokens.Fill(_tokenizer.EndOfText);
        for (int row = 0; row < sources.Length; row++)
        {
            sources[row] = row;
        }
    }

    // To leave costs a copy of what all others remember, about three steps' worth: so a quarter of the batch leaves together.
    private void LetCompletedLeave()
    {
        int completed = _utterances.Count(utterance => utterance.Completed);
        if (completed == 0 || (4 * completed < _utterances.Count && !_utterances.Exists(IsFull)))
        {
            return;
        }

        int[] staying = [.. Enumerable.Range(0, _utterances.Count).Where(i => !_utterances[i].Completed)];
        _session.Keep(staying);
        var tokens = staying.SelectMany(i => _tokens[(i * _rows)..((i + 1) * _rows)]).ToArray();
        var kept = staying.Select(i => _utterances[i]).ToArray();
        _utterances.Clear();
        _utterances.AddRange(kept);
        _tokens = tokens;
        _sources = new int[tokens.Length];
    }

    // Every position of the model is taken: a further token cannot be read.
    private bool IsFull(UtteranceDecoding utterance) => utterance.Start.Tokens.Length + _steps > _positions;
}
