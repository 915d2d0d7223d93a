namespace BrewClip.Models.Whisper.Decoding;

/// <summary>The scores of one utterance's rows.</summary>
/// <param name="values">[rows, vocabulary], row-major; written to by filters.</param>
/// <param name="vocabulary">Scores of each row.</param>
internal readonly ref struct LogitRows(Span<float> values, int vocabulary)
{
    private readonly Span<float> _values = values;

    /// <summary>How many rows there are: one in the first step, whose scores all of an utterance's rows share.</summary>
    public int Count => _values.Length / vocabulary;

    /// <summary>The scores of a row [vocabulary]; of the first one where rows share it.</summary>
    public Span<float> this[int row] => _values.Slice(Count == 1 ? 0 : row * vocabulary, vocabulary);

    /// <summary>The rows of one utterance among those of a batch.</summary>
    public LogitRows Slice(int firstRow, int rows) => new(_values.Slice(firstRow * vocabulary, rows * vocabulary), vocabulary);
}
