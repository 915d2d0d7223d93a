namespace BrewClip.Models.Whisper.Decoding.Compression;

/// <summary>Counts the symbols of one deflate block (RFC 1951) and tells how many bits it takes in its shortest form.</summary>
internal sealed class DeflateBlock
{
    private const int MostSymbols = 16383;
    private const int EndOfBlock = 256;
    private const int HeaderBits = 3;
    private static readonly int[] _lengthExtra = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
    private static readonly int[] _distanceExtra = [.. Enumerable.Range(0, 30).Select(code => Math.Max(0, code / 2 - 1))];
    private static readonly int[] _repeatExtra = [.. new int[16], 2, 3, 7];
    private static readonly int[] _literalExtra = [.. new int[257], .. _lengthExtra];
    private static readonly int[] _lengthBase = Bases(_lengthExtra, 3);
    private static readonly int[] _distanceBase = Bases(_distanceExtra, 1);

    // The order in which a dynamic block states the lengths of its length codes.
    private static readonly int[] _repeatOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    private readonly int[] _literals = new int[286];
    private readonly int[] _distances = new int[30];
    private int _symbols;

    public bool IsFull => _symbols == MostSymbols;

    public void Literal(byte value)
    {
        _literals[value]++;
        _symbols++;
    }

    public void Match(int length, int distance)
    {
        // 258 has a code of its own, without extra bits.
        _literals[257 + (length == 258 ? 28 : Code(_lengthBase.AsSpan(0, 28), length))]++;
        _distances[Code(_distanceBase, distance)]++;
        _symbols++;
    }

    /// <summary>Ends the block after <paramref name="bits"/> bits of the stream.</summary>
    /// <param name="bits">Bits before it.</param>
    /// <param name="storedBytes">The bytes that its symbols stand for.</param>
    /// <returns>Bits with it.</returns>
    public long AddTo(long bits, int storedBytes)
    {
        _literals[EndOfBlock] = 1;
        long fixedBits = FixedBits() + HeaderBits;
        long dynamicBits = DynamicBits() + HeaderBits;
        Array.Clear(_literals);
        Array.Clear(_distances);
        _symbols = 0;
        long fixedBytes = (fixedBits + 7) / 8, best = Math.Min(fixedBytes, (dynamicBits + 7) / 8);
        if (storedBytes + 4 <= best)
        {
            return (bits + HeaderBits + 7) / 8 * 8 + 8 * (4L + storedBytes);
        }

        return bits + (fixedBytes == best ? fixedBits : dynamicBits);
    }

    private long FixedBits()
    {
        long bits = 0;
        for (int symbol = 0; symbol < _literals.Length; symbol++)
        {
            int code = symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8;
            bits += (long)_literals[symbol] * (code + _literalExtra[symbol]);
        }

        for (int symbol = 0; symbol < _distances.Length; symbol++)
        {
            bits += (long)_distances[symbol] * (5 + _distanceExtra[symbol]);
        }

        return bits;
    }

    private long DynamicBits()
    {
        var literals = HuffmanCode.Build(_literals, _literalExtra, 15);
        var distances = HuffmanCode.Build(_distances, _distanceExtra, 15);
        var repeats = new int[19];
        CountRepeats(literals, repeats);
        CountRepeats(distances, repeats);
        var lengths = HuffmanCode.Build(repeats, _repeatExtra, 7);
        int last = _repeatOrder.Length - 1;
        while (last >= 3 && lengths.Lengths[_repeatOrder[last]] == 0)
        {
            last--;
        }

        return literals.Bits + distances.Bits + lengths.Bits + 3 * (last + 1) + 14;
    }

    // Runs of equal code lengths are stated by their number: 3 to 6 repeats, or 3 to 10 or 11 to 138 zeros.
    private static void CountRepeats(HuffmanCode code, int[] repeats)
    {
        int previous = -1, count = 0;
        for (int symbol = 0; symbol <= code.LastSymbol; symbol++)
        {
            int length = code.Lengths[symbol];
            int next = symbol < code.LastSymbol ? code.Lengths[symbol + 1] : -1;
            int most = length == 0 ? 138 : length == previous ? 6 : 7;
            int fewest = length == 0 || length == previous ? 3 : 4;
            if (++count < most && length == next)
            {
                continue;
            }

            if (count < fewest)
            {
                repeats[length] += count;
            }
            else if (length != 0)
            {
                repeats[length] += length != previous ? 1 : 0;
                repeats[16]++;
            }
            else
            {
                repeats[count <= 10 ? 17 : 18]++;
            }

            (count, previous) = (0, length);
        }
    }

    private static int Code(ReadOnlySpan<int> bases, int value)
    {
        int found = bases.BinarySearch(value);
        return found >= 0 ? found : ~found - 1;
    }

    private static int[] Bases(int[] extra, int first)
    {
        var bases = new int[extra.Length];
        for (int i = 0; i < bases.Length; i++)
        {
            bases[i] = first;
            first += 1 << extra[i];
        }

        return bases;
    }
}
