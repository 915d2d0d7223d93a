namespace BrewClip.Core.Text;

/// <summary>
/// Aligns two sequences of words with the fewest edits (Levenshtein), in time proportional to the product of their lengths and bounded
/// memory: past a few million cells the problem is halved (Hirschberg's algorithm) rather than its table kept.
/// </summary>
internal static class WordAlignment
{
    private const long LargestTable = 4 << 20;

    public static IReadOnlyList<AlignedWord> Align(string[] reference, string[] hypothesis, long largestTable = LargestTable)
    {
        // Numbers compare faster than words, and each word is hashed once.
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        int[] said = [.. reference.Select(word => Number(numbers, word))], heard = [.. hypothesis.Select(word => Number(numbers, word))];
        var operations = new List<WordOperation>(Math.Max(said.Length, heard.Length));
        Align(said, heard, Math.Max(largestTable, 4), operations);

        var alignment = new AlignedWord[operations.Count];
        int inReference = 0, inHypothesis = 0;
        for (int i = 0; i < alignment.Length; i++)
        {
            alignment[i] = new AlignedWord(
                operations[i],
                operations[i] == WordOperation.Insertion ? null : reference[inReference++],
                operations[i] == WordOperation.Deletion ? null : hypothesis[inHypothesis++]);
        }

        return alignment;
    }

    private static int Number(Dictionary<string, int> numbers, string word)
    {
        if (!numbers.TryGetValue(word, out int number))
        {
            numbers[word] = number = numbers.Count;
        }

        return number;
    }

    private static void Align(ReadOnlySpan<int> said, ReadOnlySpan<int> heard, long largestTable, List<WordOperation> operations)
    {
        int prefix = said.CommonPrefixLength(heard);
        Repeat(operations, WordOperation.Match, prefix);
        said = said[prefix..];
        heard = heard[prefix..];
        if (said.Length <= 1 || heard.Length <= 1 || (said.Length + 1L) * (heard.Length + 1L) <= largestTable)
        {
            AlignByTable(said, heard, operations);
            return;
        }

        int half = said.Length / 2;
        int split = BestSplit(said[..half], said[half..], heard);
        Align(said[..half], heard[..split], largestTable, operations);
        Align(said[half..], heard[split..], largestTable, operations);
    }

    private static void AlignByTable(ReadOnlySpan<int> said, ReadOnlySpan<int> heard, List<WordOperation> operations)
    {
        int width = heard.Length + 1;
        var steps = new byte[(said.Length + 1) * (long)width];
        var costs = new int[width];
        for (int j = 1; j < width; j++)
        {
            costs[j] = j;
            steps[j] = (byte)WordOperation.Insertion;
        }

        for (int i = 1; i <= said.Length; i++)
        {
            int diagonal = costs[0];
            costs[0] = i;
            steps[i * (long)width] = (byte)WordOperation.Deletion;
            for (int j = 1; j < width; j++)
            {
                bool same = said[i - 1] == heard[j - 1];
                int paired = diagonal + (same ? 0 : 1), deleted = costs[j] + 1, inserted = costs[j - 1] + 1;
                diagonal = costs[j];
                costs[j] = Math.Min(paired, Math.Min(deleted, inserted));
                steps[i * (long)width + j] = (byte)(costs[j] == paired ? (same ? WordOperation.Match : WordOperation.Substitution)
                    : costs[j] == deleted ? WordOperation.Deletion : WordOperation.Insertion);
            }
        }

        int first = operations.Count;
        for (int i = said.Length, j = heard.Length; i > 0 || j > 0;)
        {
            var step = (WordOperation)steps[i * (long)width + j];
            operations.Add(step);
            i -= step == WordOperation.Insertion ? 0 : 1;
            j -= step == WordOperation.Deletion ? 0 : 1;
        }

        operations.Reverse(first, operations.Count - first);
    }

    /// <summary>Where to cut <paramref name="heard"/> so that aligning the halves apart costs no more than aligning the whole.</summary>
    private static int BestSplit(ReadOnlySpan<int> firstHalf, ReadOnlySpan<int> secondHalf, ReadOnlySpan<int> heard)
    {
        int[] forward = LastRow(firstHalf, heard, backward: false), backward = LastRow(secondHalf, heard, backward: true);
        int best = 0;
        for (int j = 1; j <= heard.Length; j++)
        {
            if (forward[j] + backward[heard.Length - j] < forward[best] + backward[heard.Length - best])
            {
                best = j;
            }
        }

        return best;
    }

    /// <summary>
    /// The cost of aligning all of <paramref name="said"/> with each prefix (or, backward, suffix) of <paramref name="heard"/>, by its
    /// length.
    /// </summary>
    private static int[] LastRow(ReadOnlySpan<int> said, ReadOnlySpan<int> heard, bool backward)
    {
        int[] costs = [.. Enumerable.Range(0, heard.Length + 1)];
        for (int i = 1; i <= said.Length; i++)
        {
            int word = backward ? said[^i] : said[i - 1], diagonal = costs[0];
            costs[0] = i;
            for (int j = 1; j < costs.Length; j++)
            {
                int paired = diagonal + (word == (backward ? heard[^j] : heard[j - 1]) ? 0 : 1);
                diagonal = costs[j];
                costs[j] = Math.Min(paired, Math.Min(costs[j], costs[j - 1]) + 1);
            }
        }

        return costs;
    }

    private static void Repeat(List<WordOperation> operations, WordOperation operation, int count)
    {
        for (int i = 0; i < count; i++)
        {
            operations.Add(operation);
        }
    }
}
