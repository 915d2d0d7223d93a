using static TorchSharp.torch;

namespace BrewClip.Models.Whisper;

/// <summary>
/// All that decoding a batch of utterances remembers: for each decoder layer the keys and values of the audio, computed once, and those of
/// the tokens so far, in storage allocated once for the whole decoding.
/// </summary>
/// <remarks>
/// <para>A batch has utterances, and each utterance the same number of rows (its beams or samples), which follow each other:
/// row = utterance · <see cref="RowsPerUtterance"/> + beam. The rows of an utterance share its audio.</para>
/// <para>Every row has the same number of positions. An utterance whose first tokens are fewer than its neighbours' is padded on the left;
/// padding is not attended to and takes no position, so that each utterance decodes as it would alone.</para>
/// <para>Made by <see cref="WhisperDecoder.CreateCache"/>, disposed by whoever asked for it, independent of dispose scopes. One thread at a
/// time.</para>
/// </remarks>
public sealed class KeyValueCache : IDisposable
{
    private readonly LayerCache[] _layers;
    private int[] _leftPadding;

    internal KeyValueCache(LayerCache[] layers, int capacity, int[] leftPadding)
    {
        _layers = layers;
        Capacity = capacity;
        _leftPadding = leftPadding;
        Utterances = leftPadding.Length;
    }

    /// <summary>Positions that a row can hold, left padding included.</summary>
    public int Capacity { get; }

    /// <summary>Positions that every row holds, left padding included.</summary>
    public int Length { get; private set; }

    /// <summary>Utterances in the batch.</summary>
    public int Utterances { get; private set; }

    /// <summary>Beams or samples of each utterance: 1 until <see cref="Repeat"/>.</summary>
    public int RowsPerUtterance { get; private set; } = 1;

    /// <summary>Rows of the tokens that are decoded next.</summary>
    public int Rows => Utterances * RowsPerUtterance;

    /// <summary>For each utterance, how many of its first positions are padding.</summary>
    public IReadOnlyList<int> LeftPadding => _leftPadding;

    internal IReadOnlyList<LayerCache> Layers => _layers;

    internal bool HasPadding => Array.Exists(_leftPadding, padding => padding > 0);

    internal Device Device => _layers[0].Keys.device;

    /// <summary>
    /// Gives every utterance <paramref name="rowsPerUtterance"/> rows, each a copy of its one row: beams after a shared prompt.
    /// </summary>
    /// <exception cref="InvalidOperationException">The utterances have more than one row already.</exception>
    public void Repeat(int rowsPerUtterance)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rowsPerUtterance, 1);
        if (RowsPerUtterance != 1)
        {
            throw new InvalidOperationException($"Each utterance has {RowsPerUtterance} rows already: repeat a cache once.");
        }

        if (rowsPerUtterance > 1)
        {
            SelectRows([.. Enumerable.Range(0, Utterances * rowsPerUtterance).Select(row => (long)(row / rowsPerUtterance))]);
            RowsPerUtterance = rowsPerUtterance;
        }
    }

    /// <summary>Row i becomes what row <paramref name="sources"/>[i] was: how beams continue one another.</summary>
    /// <param name="sources">For every row, a row of the same utterance.</param>
    /// <exception cref="ArgumentException">There are more or fewer sources than rows, or one lies in another utterance.</exception>
    public void Reorder(ReadOnlySpan<int> sources)
    {
        if (sources.Length != Rows)
        {
            throw new ArgumentException($"{sources.Length} sources are given for {Rows} rows.", nameof(sources));
        }

        bool moves = false;
        for (int row = 0; row < sources.Length; row++)
        {
            moves |= sources[row] != row;
            if (sources[row] < 0 || sources[row] / RowsPerUtterance != row / RowsPerUtterance)
            {
                throw new ArgumentException(
                    $"Row {row} cannot continue row {sources[row]}, which is of another utterance.", nameof(sources));
            }
        }

        if (moves && Length > 0)
        {
            using var noGrad = no_grad();
            using var index = IndexTensor(ToLongs(sources));
            foreach (var layer in _layers)
            {
                layer.Reorder(index, Length);
            }
        }
    }

    /// <summary>Keeps the given utterances with all their rows, in the given order: the others leave the batch.</summary>
    /// <param name="utterances">Distinct utterances, at least one.</param>
    /// <exception cref="ArgumentException">There are none, or one is not in the batch.</exception>
    public void KeepUtterances(ReadOnlySpan<int> utterances)
    {
        if (utterances.IsEmpty)
        {
            throw new ArgumentException("No utterance is kept: dispose the cache instead.", nameof(utterances));
        }

        foreach (int utterance in utterances)
        {
            if ((uint)utterance >= (uint)Utterances)
            {
                throw new ArgumentException($"Utterance {utterance} is not one of this batch's {Utterances}.", nameof(utterances));
            }
        }

        var kept = utterances.ToArray();
        SelectRows(
            [.. kept.SelectMany(utterance => Enumerable.Range(utterance * RowsPerUtterance, RowsPerUtterance)).Select(row => (long)row)]);
        using var index = IndexTensor(ToLongs(utterances));
        foreach (var layer in _layers)
        {
            layer.SelectUtterances(index);
        }

        _leftPadding = [.. kept.Select(utterance => _leftPadding[utterance])];
        Utterances = kept.Length;
    }

    /// <summary>Forgets every position from <paramref name="length"/> on; the audio stays.</summary>
    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length);
        Length = length;
    }

    /// <summary>Frees all that is remembered.</summary>
    public void Dispose()
    {
        foreach (var layer in _layers)
        {
            layer.Dispose();
        }
    }

    internal void Advance(int positions) => Length += positions;

    private void SelectRows(long[] sources)
    {
        using var noGrad = no_grad();
        using var index = IndexTensor(sources);
        foreach (var layer in _layers)
        {
            layer.SelectRows(index, Length);
        }
    }

    private Tensor IndexTensor(long[] indices) => tensor(indices, device: Device);

    private static long[] ToLongs(ReadOnlySpan<int> values)
    {
        var longs = new long[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            longs[i] = values[i];
        }

        return longs;
    }
}
