namespace BrewClip.Models.Whisper.Decoding.Compression;

/// <summary>
/// The lengths of a Huffman code of limited length. Among the many codes that are equally short it is zlib's, whose lengths cost what they
/// cost to state: nodes of equal weight are joined shallow ones first, and codes that are too long are shortened from the rarest symbol.
/// </summary>
internal sealed class HuffmanCode
{
    private readonly int[] _weights;
    private readonly int[] _parents;
    private readonly int[] _depths;
    private readonly int[] _heap;
    private int _heapLength;

    private HuffmanCode(int symbols)
    {
        _weights = new int[2 * symbols + 1];
        _parents = new int[2 * symbols + 1];
        _depths = new int[2 * symbols + 1];
        _heap = new int[2 * symbols + 2];
        Lengths = new int[2 * symbols + 1];
    }

    /// <summary>The code length of each symbol, 0 for one without a code.</summary>
    public int[] Lengths { get; }

    /// <summary>The last symbol that has a code.</summary>
    public int LastSymbol { get; private set; } = -1;

    /// <summary>Bits of all counted symbols and their extra bits.</summary>
    public long Bits { get; private set; }

    /// <param name="counts">How often each symbol comes.</param>
    /// <param name="extra">Extra bits that follow each symbol.</param>
    /// <param name="maxLength">The longest code allowed.</param>
    public static HuffmanCode Build(ReadOnlySpan<int> counts, ReadOnlySpan<int> extra, int maxLength)
    {
        var code = new HuffmanCode(counts.Length);
        var joined = code.Join(counts);
        code.Measure(joined, maxLength);
        for (int symbol = 0; symbol < counts.Length; symbol++)
        {
            code.Bits += (long)counts[symbol] * (code.Lengths[symbol] + extra[symbol]);
        }

        return code;
    }

    // Joins the two lightest nodes until one is left. Returns all nodes from the root down, in the order opposite to their joining.
    private List<int> Join(ReadOnlySpan<int> counts)
    {
        counts.CopyTo(_weights);
        for (int symbol = 0; symbol < counts.Length; symbol++)
        {
            if (counts[symbol] != 0)
            {
                _heap[++_heapLength] = LastSymbol = symbol;
            }
        }

        // The format wants two codes even where there is one symbol or none.
        while (_heapLength < 2)
        {
            int symbol = LastSymbol < 2 ? ++LastSymbol : 0;
            _heap[++_heapLength] = symbol;
            _weights[symbol] = 1;
        }

        for (int place = _heapLength / 2; place >= 1; place--)
        {
            Sink(place);
        }

        var taken = new List<int>();
        for (int node = counts.Length; _heapLength >= 2; node++)
        {
            int lightest = _heap[1];
            _heap[1] = _heap[_heapLength--];
            Sink(1);
            int second = _heap[1];
            taken.Add(lightest);
            taken.Add(second);
            _weights[node] = _weights[lightest] + _weights[second];
            _depths[node] = Math.Max(_depths[lightest], _depths[second]) + 1;
            _parents[lightest] = _parents[second] = node;
            _heap[1] = node;
            Sink(1);
        }

        taken.Add(_heap[1]);
        taken.Reverse();
        return taken;
    }

    private void Measure(List<int> nodes, int maxLength)
    {
        var withLength = new int[maxLength + 1];
        int tooLong = 0;
        foreach (int node in nodes.Skip(1))
        {
            int length = Lengths[_parents[node]] + 1;
            if (length > maxLength)
            {
                length = maxLength;
                tooLong++;
            }

            Lengths[node] = length;
            if (node <= LastSymbol)
            {
                withLength[length]++;
            }
        }

        if (tooLong > 0)
        {
            Shorten(nodes, withLength, tooLong);
        }
    }

    private void Shorten(List<int> nodes, int[] withLength, int tooLong)
    {
        int maxLength = withLength.Length - 1;
        for (; tooLong > 0; tooLong -= 2)
        {
            int length = maxLength - 1;
            while (withLength[length] == 0)
            {
                length--;
            }

            // A leaf moves one level down and takes one that was too deep as its brother.
            withLength[length]--;
            withLength[length + 1] += 2;
            withLength[maxLength]--;
        }

        var rarestFirst = nodes.AsEnumerable().Reverse().Where(node => node <= LastSymbol).GetEnumerator();
        for (int length = maxLength; length > 0; length--)
        {
            for (int i = 0; i < withLength[length] && rarestFirst.MoveNext(); i++)
            {
                Lengths[rarestFirst.Current] = length;
            }
        }
    }

    private void Sink(int place)
    {
        int sinking = _heap[place];
        for (int child = 2 * place; child <= _heapLength; child *= 2)
        {
            if (child < _heapLength && IsLighter(_heap[child + 1], _heap[child]))
            {
                child++;
            }

            if (IsLighter(sinking, _heap[child]))
            {
                break;
            }

            _heap[place] = _heap[child];
            place = child;
        }

        _heap[place] = sinking;
    }

    private bool IsLighter(int first, int second) =>
        _weights[first] < _weights[second] || (_weights[first] == _weights[second] && _depths[first] <= _depths[second]);
}
