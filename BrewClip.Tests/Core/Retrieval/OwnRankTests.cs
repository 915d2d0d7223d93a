using BrewClip.Core.Retrieval;

namespace BrewClip.Tests.Core.Retrieval;

public sealed class OwnRankTests
{
    [Fact]
    public void A_vector_never_ranks_before_itself_whatever_the_size_of_the_batch()
    {
        var random = new Random(3);
        foreach (int dimensions in (int[])[1, 3, 17, 64, 100, 513])
        {
            foreach (int count in (int[])[1, 2, 5, 63, 65, 130])
            {
                var vectors = Enumerable.Range(0, count * dimensions).Select(_ => random.NextSingle() - 0.5f).ToArray();
                var recall = RecallAtK.Compute(vectors, vectors, [.. Enumerable.Range(0, count)], dimensions);
                Assert.True(
                    dimensions == 1 || recall.QueryRanks.All(rank => rank == 0),
                    $"{count} of {dimensions}: {string.Join(' ', recall.QueryRanks)}");
            }
        }
    }
}
