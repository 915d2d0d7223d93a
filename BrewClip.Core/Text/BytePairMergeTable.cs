namespace BrewClip.Core.Text;

/// <summary>A vocabulary's merges by the ids of the pair, and the first symbols of a piece. Immutable once built, so thread-safe.</summary>
internal sealed class BytePairMergeTable
{
    private readonly Dictionary<ulong, (int Rank, int Id)> _merges;
    private readonly int[] _inner = new int[ByteAlphabetLimit];
    private readonly int[] _last = new int[ByteAlphabetLimit];

    // The byte alphabet ends at U+0143.
    private const int ByteAlphabetLimit = 0x144;

    public BytePairMergeTable(BytePairVocabulary vocabulary)
    {
        foreach (char symbol in ByteAlphabet.Characters)
        {
            _inner[symbol] = vocabulary.TokenIds[symbol.ToString()];
            _last[symbol] = vocabulary.TokenIds[symbol + vocabulary.EndOfWordSuffix];
        }

        _merges = new(vocabulary.Merges.Count);
        for (int rank = 0; rank < vocabulary.Merges.Count; rank++)
        {
            BytePairMerge merge = vocabulary.Merges[rank];
            int left = IdOf(vocabulary, merge, merge.Left), right = IdOf(vocabulary, merge, merge.Right);
            if (!_merges.TryAdd(Key(left, right), (rank, IdOf(vocabulary, merge, merge.Result))))
            {
                throw new InvalidDataException(
                    $"'{vocabulary.Source}' lists the merge '{merge.Left} {merge.Right}' twice: its rank would be ambiguous.");
            }
        }
    }

    /// <summary>The ids of the single symbols of <paramref name="piece"/>, before any merge.</summary>
    /// <exception cref="ArgumentException">A character is not of the byte alphabet.</exception>
    public void Symbols(ReadOnlySpan<char> piece, Span<int> ids)
    {
        for (int i = 0; i < piece.Length; i++)
        {
            char symbol = piece[i];
            if (!ByteAlphabet.TryGetByte(symbol, out _))
            {
                throw new ArgumentException(
                    $"Character U+{(int)symbol:X4} is not of the byte alphabet: write the piece's UTF-8 bytes in it first.", nameof(piece));
            }

            ids[i] = (i == piece.Length - 1 ? _last : _inner)[symbol];
        }
    }

    public bool TryGet(int left, int right, out (int Rank, int Id) merge) => _merges.TryGetValue(Key(left, right), out merge);

    private static ulong Key(int left, int right) => ((ulong)(uint)left << 32) | (uint)right;

    private static int IdOf(BytePairVocabulary vocabulary, BytePairMerge merge, string token) =>
        token.Length > 0 && vocabulary.TokenIds.TryGetValue(token, out int id)
            ? id
            : throw new InvalidDataException(
                $"'{vocabulary.Source}' has the merge '{merge.Left} {merge.Right}', but no token '{token}': vocabulary and merges are not "
                + "of one training.");
}
