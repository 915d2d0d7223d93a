using BrewClip.Core.Text;

namespace BrewClip.Tests.Core.Text;

public class WordErrorRateTests
{
    [Fact]
    public void Each_kind_of_error_is_counted_and_shown()
    {
        WordErrorRate rate = WordErrorRate.Compute("a brown dog runs on the beach", "so a brown cat runs on beach");
        Assert.Equal((1, 1, 1, 7), (rate.Substitutions, rate.Deletions, rate.Insertions, rate.ReferenceWords));
        Assert.Equal(3 / 7.0, rate.Rate);
        Assert.Equal(
            [
                new(WordOperation.Insertion, null, "so"), new(WordOperation.Match, "a", "a"), new(WordOperation.Match, "brown", "brown"),
                new(WordOperation.Substitution, "dog", "cat"),
                new(WordOperation.Match, "runs", "runs"), new(WordOperation.Match, "on", "on"), new(WordOperation.Deletion, "the", null),
                new AlignedWord(WordOperation.Match, "beach", "beach"),
            ],
            rate.Alignment);
    }

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("a b", "", 1)]
    [InlineData("", "a", double.PositiveInfinity)]
    [InlineData("a", "b c d", 3)]
    [InlineData("  a\tb\n", "a b", 0)]
    public void The_rate_at_the_edges(string reference, string hypothesis, double expected)
    {
        Assert.Equal(expected, WordErrorRate.Compute(reference, hypothesis).Rate);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(40)]
    [InlineData(1 << 20)]
    public void The_alignment_has_the_fewest_errors_however_small_the_table(long largestTable)
    {
        var random = new Random(11);
        for (int round = 0; round < 300; round++)
        {
            string[] said = Words(random), heard = Words(random);
            var alignment = WordAlignment.Align(said, heard, largestTable);
            Assert.Equal(said, alignment.Where(word => word.Reference is not null).Select(word => word.Reference!));
            Assert.Equal(heard, alignment.Where(word => word.Hypothesis is not null).Select(word => word.Hypothesis!));
            Assert.All(alignment, word => Assert.Equal(word.Operation == WordOperation.Match, word.Reference == word.Hypothesis));
            Assert.Equal(Distance(said, heard), alignment.Count(word => word.Operation != WordOperation.Match));
        }
    }

    [Fact]
    public void A_corpus_is_weighed_by_its_words()
    {
        WordErrorRate sum = WordErrorRate.Sum([WordErrorRate.Compute("a", "b"), WordErrorRate.Compute("a b c d e f g", "a b c d e f g h")]);
        Assert.Equal((1, 0, 1, 8), (sum.Substitutions, sum.Deletions, sum.Insertions, sum.ReferenceWords));
        Assert.Equal(0.25, sum.Rate);
    }

    private static string[] Words(Random random) =>
        [.. Enumerable.Range(0, random.Next(0, 14)).Select(_ => ((char)('a' + random.Next(3))).ToString())];

    private static int Distance(ReadOnlySpan<string> said, ReadOnlySpan<string> heard)
    {
        var table = new int[said.Length + 1, heard.Length + 1];
        for (int i = 0; i <= said.Length; i++)
        {
            for (int j = 0; j <= heard.Length; j++)
            {
                table[i, j] = i == 0 ? j : j == 0 ? i
                    : Math.Min(table[i - 1, j - 1] + (said[i - 1] == heard[j - 1] ? 0 : 1), Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
            }
        }

        return table[said.Length, heard.Length];
    }
}
