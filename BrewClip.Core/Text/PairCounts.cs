using System.Runtime.InteropServices;

namespace BrewClip.Core.Text;

/// <summary>The adjacent pairs of tokens in a corpus of counted words, kept up to date while pairs are merged.</summary>
internal sealed class PairCounts
{
    private readonly List<string> _tokens;
    private readonly List<int[]> _words = [];
    private readonly List<long> _counts = [];
    private readonly Dictionary<(int Left, int Right), long> _pairs = [];
    private readonly Dictionary<(int Left, int Right), HashSet<int>> _wordsOfPair = [];
    private readonly PriorityQueue<((int Left, int Right) Pair, long Count), (long Count, string Left, string Right)> _queue;

    /// <summary>Counts the pairs of <paramref name="pieces"/>.</summary>
    /// <param name="tokens">The single symbols, to which merges add their results.</param>
    /// <param name="pieces">Pieces of text and how often each occurs.</param>
    /// <param name="suffix">What the last symbol of a piece carries, or null.</param>
    public PairCounts(List<string> tokens, Dictionary<string, long> pieces, string? suffix)
    {
        _tokens = tokens;
        _queue = new(Comparer<(long Count, string Left, string Right)>.Create(Compare));
        var ids = tokens.Index().ToDictionary(token => token.Item, token => token.Index, StringComparer.Ordinal);
        foreach (var (piece, count) in pieces)
        {
            var symbols = new char[3 * piece.Length];
            int length = ByteAlphabet.Write(piece, symbols);
            var word = new int[length];
            for (int i = 0; i < length; i++)
            {
                word[i] = ids[symbols[i] + (i == length - 1 ? suffix : null)];
            }

            _words.Add(word);
            _counts.Add(count);
            Count(_words.Count - 1, 1, null);
        }

        foreach (var (pair, count) in _pairs)
        {
            Enqueue(pair, count);
        }
    }

    /// <summary>Merges the most frequent pair throughout, or returns null where none occurs <paramref name="minimum"/> times.</summary>
    public BytePairMerge? MergeMostFrequent(long minimum)
    {
        while (_queue.TryDequeue(out var entry, out _))
        {
            long count = _pairs.GetValueOrDefault(entry.Pair);
            // An entry whose count has changed since is stale; the change queued a new one.
            if (count != entry.Count || count < minimum)
            {
                continue;
            }

            var merge = new BytePairMerge(_tokens[entry.Pair.Left], _tokens[entry.Pair.Right]);
            Merge(entry.Pair, IdOf(merge.Result));
            return merge;
        }

        return null;
    }

    // Two pairs may join to the same text (a+bc, ab+c): one token then, or its id would be ambiguous.
    private int IdOf(string token)
    {
        if (!_made.TryGetValue(token, out int id))
        {
            _made[token] = id = _tokens.Count;
            _tokens.Add(token);
        }

        return id;
    }

    private readonly Dictionary<string, int> _made = new(StringComparer.Ordinal);

    private void Merge((int Left, int Right) pair, int merged)
    {
        int[] affected = [.. _wordsOfPair[pair]];
        var changed = new HashSet<(int, int)>();
        foreach (int word in affected)
        {
            Count(word, -1, changed);
            _words[word] = Replace(_words[word], pair, merged);
            Count(word, 1, changed);
        }

        _pairs.Remove(pair);
        _wordsOfPair.Remove(pair);
        foreach (var other in changed)
        {
            if (_pairs.TryGetValue(other, out long count) && count > 0)
            {
                Enqueue(other, count);
            }
        }
    }

    private void Count(int word, int sign, HashSet<(int, int)>? changed)
    {
        int[] symbols = _words[word];
        for (int i = 0; i + 1 < symbols.Length; i++)
        {
            var pair = (symbols[i], symbols[i + 1]);
            CollectionsMarshal.GetValueRefOrAddDefault(_pairs, pair, out _) += sign * _counts[word];
            changed?.Add(pair);
            ref HashSet<int>? words = ref CollectionsMarshal.GetValueRefOrAddDefault(_wordsOfPair, pair, out _);
            words ??= [];
            _ = sign > 0 ? words.Add(word) : words.Remove(word);
        }
    }

    private static int[] Replace(int[] symbols, (int Left, int Right) pair, int merged)
    {
        var result = new List<int>(symbols.Length);
        for (int i = 0; i < symbols.Length; i++)
        {
            bool found = i + 1 < symbols.Length && symbols[i] == pair.Left && symbols[i + 1] == pair.Right;
            result.Add(found ? merged : symbols[i]);
            i += found ? 1 : 0;
        }

        return [.. result];
    }

    private void Enqueue((int Left, int Right) pair, long count) =>
        _queue.Enqueue((pair, count), (count, _tokens[pair.Left], _tokens[pair.Right]));

    private static int Compare((long Count, string Left, string Right) a, (long Count, string Left, string Right) b)
    {
        int order = b.Count.CompareTo(a.Count);
        order = order != 0 ? order : string.CompareOrdinal(a.Left, b.Left);
        return order != 0 ? order : string.CompareOrdinal(a.Right, b.Right);
    }
}
