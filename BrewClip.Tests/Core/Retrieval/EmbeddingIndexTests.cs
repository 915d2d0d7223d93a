using BrewClip.Core.Retrieval;

namespace BrewClip.Tests.Core.Retrieval;

public class EmbeddingIndexTests
{
    [Theory]
    [InlineData(EmbeddingStorage.Float32, 1, 1e-6)]
    [InlineData(EmbeddingStorage.Float32, 37, 1e-6)]
    [InlineData(EmbeddingStorage.Float32, 96, 1e-6)]
    [InlineData(EmbeddingStorage.Float16, 37, 6e-4)]
    [InlineData(EmbeddingStorage.Float16, 64, 6e-4)]
    [InlineData(EmbeddingStorage.Int8, 37, 6e-4)]
    [InlineData(EmbeddingStorage.Int8, 128, 6e-4)]
    public void Search_finds_what_comparing_with_every_vector_finds(EmbeddingStorage storage, int dimensions, double tolerance)
    {
        const int Count = 3001, Top = 10;
        float[] vectors = RandomVectors.Uniform(Count, dimensions, seed: 1), queries = RandomVectors.Uniform(7, dimensions, seed: 2);
        using EmbeddingIndex index = Build(vectors, dimensions, storage);
        for (int query = 0; query < 7; query++)
        {
            float[] wanted = queries[(query * dimensions)..((query + 1) * dimensions)];
            double[] truth =
                [.. Enumerable.Range(0, Count).Select(row => RandomVectors.Cosine(vectors.AsSpan(row * dimensions, dimensions), wanted))];
            double[] best = [.. truth.OrderDescending().Take(Top)];
            IReadOnlyList<SearchHit> hits = index.Search(wanted, Top);
            Assert.Equal(Top, hits.Count);
            for (int rank = 0; rank < Top; rank++)
            {
                Assert.Equal($"item {hits[rank].Position}", hits[rank].Id);
                Assert.Equal(truth[hits[rank].Position], hits[rank].Score, tolerance);
                Assert.Equal(best[rank], hits[rank].Score, tolerance);
            }
        }
    }

    [Theory]
    [InlineData(EmbeddingStorage.Float32, 48)]
    [InlineData(EmbeddingStorage.Float16, 48)]
    [InlineData(EmbeddingStorage.Float16, 64)]
    [InlineData(EmbeddingStorage.Int8, 48)]
    [InlineData(EmbeddingStorage.Int8, 64)]
    public void A_batch_gives_exactly_what_single_searches_give(EmbeddingStorage storage, int dimensions)
    {
        using EmbeddingIndex index = Build(RandomVectors.Uniform(5003, dimensions, seed: 3), dimensions, storage);
        float[] queries = RandomVectors.Uniform(19, dimensions, seed: 4);
        IReadOnlyList<SearchHit>[] batch = index.SearchBatch(queries, 6);
        Assert.Equal(19, batch.Length);
        for (int query = 0; query < batch.Length; query++)
        {
            Assert.Equal(index.Search(queries.AsSpan(query * dimensions, dimensions), 6), batch[query]);
        }
    }

    [Theory]
    [InlineData(EmbeddingStorage.Float32)]
    [InlineData(EmbeddingStorage.Int8)]
    public void Equal_scores_rank_the_item_added_first(EmbeddingStorage storage)
    {
        // Enough rows for several threads, all but a few equal to one another.
        const int Dimensions = 512, Count = 4000;
        float[] same = RandomVectors.Uniform(1, Dimensions, seed: 5), other = RandomVectors.Uniform(1, Dimensions, seed: 6);
        using var index = new EmbeddingIndex(Dimensions, storage);
        for (int i = 0; i < Count; i++)
        {
            index.Add($"{i}", i % 5 == 0 ? other : same);
        }

        for (int repeat = 0; repeat < 5; repeat++)
        {
            Assert.Equal([1, 2, 3, 4, 6, 7, 8, 9, 11], index.Search(same, 9).Select(hit => hit.Position));
        }
    }

    [Fact]
    public void Metadata_comes_back_with_the_hits()
    {
        using var index = new EmbeddingIndex(2);
        index.Add("a", [1, 0], "about a");
        index.Add("b", [0, 1]);
        index.Add("c", [1, 1], "");
        Assert.Equal(["about a", "", null], index.Search([1, 0], 5).Select(hit => hit.Metadata));
        Assert.Equal(1f, index.Search([3, 0], 1)[0].Score, 1e-6f);
    }

    [Fact]
    public void Removed_items_are_never_found()
    {
        const int Dimensions = 8;
        float[] vectors = RandomVectors.Uniform(1000, Dimensions, seed: 7);
        using EmbeddingIndex index = Build(vectors, Dimensions, EmbeddingStorage.Float32);
        for (int i = 0; i < 1000; i += 2)
        {
            Assert.True(index.Remove($"item {i}"));
        }

        Assert.False(index.Remove("item 0"));
        Assert.Equal(500, index.Count);
        Assert.False(index.Contains("item 2"));
        Assert.True(index.Contains("item 3"));
        IReadOnlyList<SearchHit> hits = index.Search(vectors.AsSpan(0, Dimensions), 1000);
        Assert.Equal(500, hits.Count);
        Assert.All(hits, hit => Assert.Equal(1, hit.Position % 2));
        Assert.Equal(hits.Select(hit => hit.Id).Order(), index.Ids.Order());
    }

    [Fact]
    public void A_replaced_item_has_its_new_vector_and_counts_as_last()
    {
        using var index = new EmbeddingIndex(2);
        index.Add("a", [1, 0]);
        index.Add("b", [1, 0]);
        index.Replace("a", [1, 0], "new");
        index.Replace("c", [0, 1]);
        Assert.Equal(["b", "a", "c"], index.Search([1, 0], 3).Select(hit => hit.Id));
        Assert.Equal("new", index.Search([1, 0], 3)[1].Metadata);
        Assert.Equal([0f, 1f], index.FindVector("c")!);
        Assert.Null(index.FindVector("d"));
        Assert.True(index.Remove("a"));
        index.Add("a", [0, 1]);
        Assert.Equal(3, index.Count);
    }

    [Fact]
    public void An_empty_index_finds_nothing()
    {
        using var index = new EmbeddingIndex(3);
        Assert.Empty(index.Search([1, 2, 3], 5));
        Assert.Equal(2, index.SearchBatch([1, 2, 3, 4, 5, 6], 5).Length);
    }

    [Theory]
    [InlineData(new float[] { 0, 0 }, "The vector of 'dog' is zero in every component")]
    [InlineData(new float[] { float.NaN, 1 }, "The vector of 'dog' has a component that is no finite number")]
    [InlineData(new float[] { float.PositiveInfinity, 1 }, "no finite number")]
    [InlineData(new float[] { 1, 2, 3 }, "The vector of 'dog' has 3 dimensions where the index has 2")]
    public void Vectors_without_a_direction_are_refused_by_id(float[] vector, string sentence)
    {
        using var index = new EmbeddingIndex(2);
        Assert.Contains(sentence, Assert.Throws<ArgumentException>(() => index.Add("dog", vector)).Message);
        Assert.Equal(0, index.Count);
        Assert.False(index.Contains("dog"));
    }

    [Fact]
    public void Tiny_and_huge_vectors_are_normalised_right()
    {
        using var index = new EmbeddingIndex(2);
        index.Add("tiny", [float.Epsilon, 0]);
        index.Add("huge", [0, float.MaxValue]);
        Assert.Equal([1f, 0f], index.FindVector("tiny")!);
        Assert.Equal([0f, 1f], index.FindVector("huge")!);
    }

    [Fact]
    public void Wrong_arguments_are_refused()
    {
        using var index = new EmbeddingIndex(2);
        index.Add("a", [1, 0]);
        Assert.Contains("'a' is already in the index", Assert.Throws<ArgumentException>(() => index.Add("a", [0, 1])).Message);
        Assert.Throws<ArgumentException>(() => index.Add("", [0, 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => index.Search([1, 0], 0));
        Assert.Contains("3 dimensions", Assert.Throws<ArgumentException>(() => index.Search([1, 0, 0], 1)).Message);
        Assert.Contains("The query is zero", Assert.Throws<ArgumentException>(() => index.Search([0, 0], 1)).Message);
        Assert.Contains(
            "Query 1 has a component", Assert.Throws<ArgumentException>(() => index.SearchBatch([1, 0, 0, float.NaN], 1)).Message);
        Assert.Contains("no multiple", Assert.Throws<ArgumentException>(() => index.SearchBatch([1, 0, 0], 1)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new EmbeddingIndex(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EmbeddingIndex(3, (EmbeddingStorage)9));
    }

    [Fact]
    public void A_search_can_be_cancelled()
    {
        using EmbeddingIndex index = Build(RandomVectors.Uniform(100, 4, seed: 8), 4, EmbeddingStorage.Float32);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => index.Search([1, 2, 3, 4], 1, cancelled.Token));
    }

    [Fact]
    public async Task Readers_see_a_whole_index_while_a_writer_changes_it()
    {
        const int Dimensions = 32, Count = 4000;
        float[] vectors = RandomVectors.Uniform(Count, Dimensions, seed: 9);
        using var index = new EmbeddingIndex(Dimensions);
        index.Add("anchor", vectors.AsSpan(0, Dimensions));
        using var done = new CancellationTokenSource();
        Task[] readers = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
            {
                IReadOnlyList<SearchHit> hits = index.Search(vectors.AsSpan(0, Dimensions), 20);
                Assert.Equal(1, hits.Count(hit => hit.Id == "anchor"));
                Assert.Equal(1f, hits[0].Score, 1e-5f);
                Assert.All(hits, hit => Assert.False(string.IsNullOrEmpty(hit.Id)));
                Assert.Equal(hits.Count, hits.DistinctBy(hit => hit.Id).Count());
            }
        }))];
        for (int i = 1; i < Count; i++)
        {
            index.Add($"item {i}", vectors.AsSpan(i * Dimensions, Dimensions));
            if (i % 3 == 0)
            {
                index.Remove($"item {i - 1}");
                index.Replace("anchor", vectors.AsSpan(0, Dimensions));
            }
        }

        done.Cancel();
        await Task.WhenAll(readers);
        Assert.Equal(Count - (Count - 1) / 3, index.Count);
    }

    internal static EmbeddingIndex Build(float[] vectors, int dimensions, EmbeddingStorage storage)
    {
        var index = new EmbeddingIndex(dimensions, storage);
        for (int i = 0; i < vectors.Length / dimensions; i++)
        {
            index.Add($"item {i}", vectors.AsSpan(i * dimensions, dimensions), i % 2 == 0 ? $"about {i} ✓" : null);
        }

        return index;
    }
}
