namespace BrewClip.Models.Whisper.Decoding.Compression;

/// <summary>
/// How long zlib's stream of some bytes is at its default level (6), without writing it. Whether a window is decoded again depends on this
/// length, and compressors of one format differ in it (.NET's own is another one, and other on other systems), so it is computed here, by
/// the rules of zlib's deflate: hash chains over three bytes and lazy matching, blocks of 16383 symbols.
/// </summary>
/// <remarks>Equal to zlib's for inputs within its 32 KiB window; beyond it the length may differ by a few bytes.</remarks>
internal sealed class Deflate
{
    private const int HeaderAndChecksum = 6;
    private const int MinMatch = 3;
    private const int MaxMatch = 258;
    private const int FarthestMatch = 32768 - (MaxMatch + MinMatch + 1);

    // A match of three bytes from farther back costs more than its literals.
    private const int TooFarForThree = 4096;

    // zlib's settings of level 6: search less behind a match of 8, do not look for better than 16, be content with 128, follow 128 links.
    private const int GoodLength = 8;
    private const int LazyLength = 16;
    private const int NiceLength = 128;
    private const int ChainLength = 128;
    private const int HashMask = (1 << 15) - 1;

    private readonly byte[] _bytes;
    private readonly int _length;
    private readonly int[] _head = new int[HashMask + 1];
    private readonly int[] _previous;
    private readonly DeflateBlock _block = new();
    private long _bits;
    private int _blockStart;
    private int _matchStart;

    private Deflate(ReadOnlySpan<byte> bytes)
    {
        _length = bytes.Length;
        // Comparisons may look past the end, at zeros.
        _bytes = new byte[_length + 2 * MaxMatch];
        bytes.CopyTo(_bytes);
        _previous = new int[_length];
    }

    /// <summary>Bytes of the zlib stream, header and checksum included.</summary>
    public static int CompressedLength(ReadOnlySpan<byte> bytes)
    {
        var deflate = new Deflate(bytes);
        deflate.Compress();
        return (int)((deflate._bits + 7) / 8) + HeaderAndChecksum;
    }

    private void Compress()
    {
        int matchLength = MinMatch - 1;
        bool literalWaits = false;
        for (int at = 0; at < _length;)
        {
            int candidate = Insert(at);
            (int previousLength, int previousStart) = (matchLength, _matchStart);
            matchLength = MinMatch - 1;
            if (candidate > 0 && previousLength < LazyLength && at - candidate <= FarthestMatch)
            {
                matchLength = LongestMatch(at, candidate, previousLength);
                if (matchLength == MinMatch && at - _matchStart > TooFarForThree)
                {
                    matchLength = MinMatch - 1;
                }
            }

            if (previousLength >= MinMatch && matchLength <= previousLength)
            {
                // The match that began one byte ago is no worse than the one that begins here.
                _block.Match(previousLength, at - 1 - previousStart);
                int next = at - 1 + previousLength;
                while (++at < next)
                {
                    Insert(at);
                }

                (literalWaits, matchLength) = (false, MinMatch - 1);
            }
            else
            {
                if (literalWaits)
                {
                    _block.Literal(_bytes[at - 1]);
                }

                literalWaits = true;
                at++;
            }

            FlushFull(literalWaits ? at - 1 : at);
        }

        if (literalWaits)
        {
            _block.Literal(_bytes[_length - 1]);
        }

        Flush(_length);
    }

    // Remembers that three bytes begin at a place; the last place before it with the same hash, or 0 for none (place 0 is never found).
    private int Insert(int at)
    {
        if (at + MinMatch > _length)
        {
            return 0;
        }

        int hash = ((_bytes[at] << 10) ^ (_bytes[at + 1] << 5) ^ _bytes[at + 2]) & HashMask;
        _previous[at] = _head[hash];
        _head[hash] = at;
        return _previous[at];
    }

    private int LongestMatch(int at, int candidate, int previousLength)
    {
        int remaining = _length - at;
        int nice = Math.Min(NiceLength, remaining);
        int links = previousLength >= GoodLength ? ChainLength / 4 : ChainLength;
        int limit = Math.Max(0, at - FarthestMatch);
        int best = previousLength;
        do
        {
            int length = _bytes[candidate + best] == _bytes[at + best] ? CommonLength(candidate, at) : 0;
            if (length > best)
            {
                (_matchStart, best) = (candidate, length);
                if (length >= nice)
                {
                    break;
                }
            }

            candidate = _previous[candidate];
        }
        while (candidate > limit && --links != 0);

        return Math.Min(best, remaining);
    }

    private int CommonLength(int candidate, int at) =>
        _bytes.AsSpan(candidate, MaxMatch).CommonPrefixLength(_bytes.AsSpan(at, MaxMatch));

    private void FlushFull(int end)
    {
        if (_block.IsFull)
        {
            Flush(end);
        }
    }

    private void Flush(int end)
    {
        _bits = _block.AddTo(_bits, end - _blockStart);
        _blockStart = end;
    }
}
