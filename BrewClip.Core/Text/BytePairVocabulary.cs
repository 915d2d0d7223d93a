using System.Collections.Frozen;

namespace BrewClip.Core.Text;

/// <summary>
/// An immutable byte-level vocabulary: ordinary tokens with their merges in rank order, and special tokens that merging never makes.
/// Everything a file can get wrong is checked on construction, so an encoder may rely on it. Thread-safe.
/// </summary>
public sealed class BytePairVocabulary
{
    private readonly string?[] _tokens;

    /// <summary>Checks and stores a vocabulary.</summary>
    /// <param name="source">Where it came from, for messages: a file or folder name.</param>
    /// <param name="tokenIds">Every ordinary token, written in the byte alphabet, and its id.</param>
    /// <param name="merges">The merges in rank order.</param>
    /// <param name="endOfWordSuffix">What the last symbol of a piece carries (CLIP's <c>&lt;/w&gt;</c>); null for none.</param>
    /// <param name="specialTokens">Special tokens and their ids; one may also stand among the ordinary tokens under the same id.</param>
    /// <exception cref="InvalidDataException">An id is negative, far above the count or given twice, a byte has no token, or a merge names
    /// an unknown token or comes twice.</exception>
    public BytePairVocabulary(
        string source,
        IReadOnlyDictionary<string, int> tokenIds,
        IReadOnlyList<BytePairMerge> merges,
        string? endOfWordSuffix = null,
        IReadOnlyDictionary<string, int>? specialTokens = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(tokenIds);
        ArgumentNullException.ThrowIfNull(merges);
        Source = source;
        Merges = merges;
        EndOfWordSuffix = string.IsNullOrEmpty(endOfWordSuffix) ? null : endOfWordSuffix;
        SpecialTokens = (specialTokens ?? FrozenDictionary<string, int>.Empty).ToFrozenDictionary();
        _tokens = PlaceById(source, tokenIds, SpecialTokens);
        TokenIds = new Dictionary<string, int>(tokenIds, StringComparer.Ordinal);
        RequireEveryByte();
        MergeTable = new BytePairMergeTable(this);
    }

    /// <summary>The file or folder that this was read from.</summary>
    public string Source { get; }

    /// <summary>The ordinary tokens and their ids.</summary>
    public IReadOnlyDictionary<string, int> TokenIds { get; }

    /// <summary>The merges in rank order.</summary>
    public IReadOnlyList<BytePairMerge> Merges { get; }

    /// <summary>The special tokens and their ids.</summary>
    public IReadOnlyDictionary<string, int> SpecialTokens { get; }

    /// <summary>What the last symbol of every piece carries; null where pieces carry nothing.</summary>
    public string? EndOfWordSuffix { get; }

    /// <summary>One more than the largest id.</summary>
    public int Size => _tokens.Length;

    internal BytePairMergeTable MergeTable { get; }

    /// <summary>The token of <paramref name="id"/>, or null where no token has it.</summary>
    public string? TokenAt(int id) => (uint)id < (uint)_tokens.Length ? _tokens[id] : null;

    /// <summary>The id of <paramref name="token"/>, ordinary or special, or null.</summary>
    public int? IdOf(string token) =>
        SpecialTokens.TryGetValue(token, out int special) ? special : TokenIds.TryGetValue(token, out int id) ? id : null;

    private static string?[] PlaceById(
        string source, IReadOnlyDictionary<string, int> tokenIds, IReadOnlyDictionary<string, int> specialTokens)
    {
        if (tokenIds.Count == 0)
        {
            throw new InvalidDataException($"'{source}' holds no tokens: nothing can be encoded with it.");
        }

        int largest = tokenIds.Values.Concat(specialTokens.Values).Append(0).Max();
        long total = (long)tokenIds.Count + specialTokens.Count;
        // A few reserved ids are common; an id far beyond the count would only make the table huge.
        if (largest > 2 * total + 65536)
        {
            throw new InvalidDataException(
                $"'{source}' gives a token the id {largest}, with only {total} tokens: the ids are not those of a vocabulary.");
        }

        var tokens = new string?[largest + 1];
        foreach (var (token, id) in tokenIds.Concat(specialTokens))
        {
            if (id < 0)
            {
                throw new InvalidDataException($"'{source}' gives token '{token}' the negative id {id}.");
            }

            if (tokens[id] is { } other && other != token)
            {
                throw new InvalidDataException(
                    $"'{source}' gives id {id} to both '{other}' and '{token}': every id must belong to one token.");
            }

            tokens[id] = token;
        }

        foreach (var (token, id) in specialTokens)
        {
            if (tokenIds.TryGetValue(token, out int ordinary) && ordinary != id)
            {
                throw new InvalidDataException($"'{source}' gives token '{token}' two ids, {ordinary} and {id}.");
            }
        }

        return tokens;
    }

    private void RequireEveryByte()
    {
        for (int value = 0; value < 256; value++)
        {
            string symbol = ByteAlphabet.Characters[value].ToString();
            foreach (string needed in EndOfWordSuffix is null ? [symbol] : new[] { symbol, symbol + EndOfWordSuffix })
            {
                if (!TokenIds.ContainsKey(needed))
                {
                    throw new InvalidDataException(
                        $"'{Source}' has no token '{needed}' for byte 0x{value:X2}: a byte-level vocabulary needs all 256, else some text "
                        + "could not be encoded.");
                }
            }
        }
    }
}
