namespace BrewClip.Core.Text;

/// <summary>
/// A list of merges that gives the same ids as merging by the rank of the joined bytes, which is how tiktoken files are meant: each token's
/// own merge is the last step of merging its bytes with only the tokens of smaller rank.
/// </summary>
internal static class TiktokenMerges
{
    public static List<BytePairMerge> Recover(Dictionary<string, int> ranks)
    {
        var merges = new List<BytePairMerge>(ranks.Count);
        var lookup = ranks.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var (token, rank) in ranks.OrderBy(pair => pair.Value))
        {
            if (token.Length > 1 && LastStep(token, rank, lookup) is { } merge)
            {
                merges.Add(merge);
            }
        }

        return merges;
    }

    private static BytePairMerge? LastStep(string token, int limit, Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> ranks)
    {
        // Part i is token[starts[i]..starts[i + 1]].
        var starts = Enumerable.Range(0, token.Length + 1).ToList();
        while (starts.Count > 3)
        {
            int best = -1, bestRank = limit;
            for (int i = 0; i + 2 < starts.Count; i++)
            {
                if (ranks.TryGetValue(token.AsSpan(starts[i]..starts[i + 2]), out int rank) && rank < bestRank)
                {
                    (best, bestRank) = (i, rank);
                }
            }

            if (best < 0)
            {
                return null;
            }

            starts.RemoveAt(best + 1);
        }

        return new BytePairMerge(token[..starts[1]], token[starts[1]..]);
    }
}
