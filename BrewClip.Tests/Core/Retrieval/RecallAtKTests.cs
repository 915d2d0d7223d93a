using BrewClip.Core.Retrieval;

namespace BrewClip.Tests.Core.Retrieval;

public class RecallAtKTests
{
    [Theory]
    [InlineData(1, 1, 4)]
    [InlineData(10, 3, 5)]
    [InlineData(130, 70, 33)]
    [InlineData(331, 200, 16)]
    public void The_blocked_ranking_equals_sorting_the_whole_matrix(int queryCount, int imageCount, int dimensions)
    {
        // Few different values make exact ties frequent: components of 1 give every vector the same length, so that cosines are exact.
        var random = new Random(queryCount);
        float[] Signs(int count) => [.. Enumerable.Range(0, count * dimensions).Select(_ => random.Next(2) * 2f - 1)];
        float[] queries = Signs(queryCount), images = Signs(imageCount);
        int[] imageOfQuery = [.. Enumerable.Range(0, queryCount).Select(_ => random.Next(imageCount))];
        RecallAtK recall = RecallAtK.Compute(queries, images, imageOfQuery, dimensions);
        double[][] matrix = [.. Enumerable.Range(0, queryCount).Select(query => Enumerable.Range(0, imageCount)
            .Select(image => (double)Dot(queries, query, images, image, dimensions)).ToArray())];
        for (int query = 0; query < queryCount; query++)
        {
            int[] order = [.. Enumerable.Range(0, imageCount).OrderByDescending(image => matrix[query][image]).ThenBy(image => image)];
            Assert.Equal(Array.IndexOf(order, imageOfQuery[query]), recall.QueryRanks[query]);
        }

        for (int image = 0; image < imageCount; image++)
        {
            int[] order = [.. Enumerable.Range(0, queryCount).OrderByDescending(query => matrix[query][image]).ThenBy(query => query)];
            int rank = Array.FindIndex(order, query => imageOfQuery[query] == image);
            Assert.Equal(rank < 0 ? int.MaxValue : rank, recall.ImageRanks[image]);
        }

        for (int i = 0; i < 3; i++)
        {
            int cutoff = recall.Cutoffs[i];
            Assert.Equal(recall.QueryRanks.Count(rank => rank < cutoff) / (double)queryCount, recall.QueryToImage[i]);
            Assert.Equal(recall.ImageRanks.Count(rank => rank < cutoff) / (double)imageCount, recall.ImageToQuery[i]);
        }
    }

    [Fact]
    public void Images_are_counted_once_and_any_of_their_queries_will_do()
    {
        // Two images, five queries; query 1 belongs to the first image but lies at the second.
        float[] queries = [1, 0, 0, 1, 1, 0.1f, 0, 1, 0.1f, 1];
        string[] ids = ["dog", "dog", "dog", "cat", "cat"];
        float[] images = [1, 0, 1, 0, 1, 0, 0, 1, 0, 1];
        RecallAtK recall = RecallAtK.ComputePairs(queries, images, ids, 2);
        Assert.Equal([0.8, 1, 1], recall.QueryToImage);
        Assert.Equal([0, 1, 0, 0, 0], recall.QueryRanks);
        // For the cat, queries 1 and 3 score equally, and query 1, the dog's, has the lower index.
        Assert.Equal([0, 1], recall.ImageRanks);
        Assert.Equal([0.5, 1, 1], recall.ImageToQuery);
    }

    [Fact]
    public void Ties_rank_the_lower_index_first()
    {
        float[] one = [1, 0];
        RecallAtK recall = RecallAtK.Compute([.. one, .. one], [.. one, .. one], [0, 1], 2, [1]);
        Assert.Equal([0, 1], recall.QueryRanks);
        Assert.Equal([0, 1], recall.ImageRanks);
        Assert.Equal([0.5], recall.QueryToImage);
    }

    [Fact]
    public void Perfect_embeddings_recall_everything()
    {
        float[] vectors = RandomVectors.Uniform(500, 64, seed: 30);
        RecallAtK recall = RecallAtK.Compute(vectors, vectors, [.. Enumerable.Range(0, 500)], 64, [1]);
        Assert.Equal([1.0], recall.QueryToImage);
        Assert.Equal([1.0], recall.ImageToQuery);
    }

    [Fact]
    public void Wrong_arguments_are_refused()
    {
        Assert.Throws<ArgumentException>(() => RecallAtK.Compute([1, 0], [1, 0], [1], 2));
        Assert.Throws<ArgumentException>(() => RecallAtK.Compute([1, 0], [1, 0], [-1], 2));
        Assert.Throws<ArgumentException>(() => RecallAtK.Compute([1, 0, 1], [1, 0], [0], 2));
        Assert.Throws<ArgumentException>(() => RecallAtK.Compute([], [1, 0], [], 2));
        Assert.Throws<ArgumentException>(() => RecallAtK.Compute([1, 0], [1, 0], [0], 2, [0]));
        Assert.Contains("Query 0 is zero", Assert.Throws<ArgumentException>(() => RecallAtK.Compute([0, 0], [1, 0], [0], 2)).Message);
        Assert.Contains(
            "Image 0 has a component", Assert.Throws<ArgumentException>(() => RecallAtK.Compute([1, 0], [1, float.NaN], [0], 2)).Message);
    }

    private static float Dot(float[] left, int leftRow, float[] right, int rightRow, int dimensions)
    {
        float sum = 0;
        for (int i = 0; i < dimensions; i++)
        {
            sum += left[leftRow * dimensions + i] * right[rightRow * dimensions + i];
        }

        return sum;
    }
}
