namespace BrewClip.Models.Whisper.Decoding;

/// <summary>One or more independent sequences: the likeliest token at temperature 0, a drawn one above it.</summary>
internal sealed class SamplingSelector : ITokenSelector
{
    private readonly Hypothesis[] _sequences;
    private readonly bool[] _ended;
    private readonly double _temperature;
    private readonly Random _random;
    private readonly int _endOfText;

    public SamplingSelector(DecodingOptions options, int endOfText)
    {
        _sequences = [.. Enumerable.Range(0, options.BestOf ?? 1).Select(_ => new Hypothesis())];
        _ended = new bool[_sequences.Length];
        _temperature = options.Temperature;
        _random = new Random(options.Seed);
        _endOfText = endOfText;
    }

    public int Rows => _sequences.Length;

    public ReadOnlySpan<int> Sampled(int row) => _sequences[row].Tokens;

    public bool Select(LogitRows logits, Span<int> tokens, Span<int> sources)
    {
        for (int row = 0; row < _sequences.Length; row++)
        {
            sources[row] = row;
            tokens[row] = _ended[row] ? _endOfText : Next(logits[row], row);
        }

        return Array.TrueForAll(_ended, ended => ended);
    }

    public IReadOnlyList<Hypothesis> Candidates() => _sequences;

    private int Next(ReadOnlySpan<float> logits, int row)
    {
        float normalizer = LogProbabilities.Normalizer(logits);
        int token = _temperature == 0
            ? System.Numerics.Tensors.TensorPrimitives.IndexOfMax(logits)
            : LogProbabilities.Sample(logits, _temperature, _random);
        float logProbability = logits[token] - normalizer;
        if (token == _endOfText)
        {
            _ended[row] = true;
            _sequences[row].End(logProbability);
        }
        else
        {
            _sequences[row].Append(token, logProbability);
        }

        return token;
    }
}
