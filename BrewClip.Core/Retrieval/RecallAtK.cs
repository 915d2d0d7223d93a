namespace BrewClip.Core.Retrieval;

/// <summary>
/// Recall at K of cross-modal retrieval: the share of queries that have a correct item among their K most similar, by cosine similarity.
/// Equal similarities rank the lower index first.
/// </summary>
/// <remarks>
/// The protocol of SpeechCLIP's and BrewCLIP's tables: images are counted once however many queries describe them, every query is kept,
/// and an image finds its mark if any query that describes it is in its top K.
/// </remarks>
public sealed record RecallAtK
{
    private static readonly int[] _defaultCutoffs = [1, 5, 10];

    private RecallAtK(IReadOnlyList<int> cutoffs, int[] queryRanks, int[] imageRanks)
    {
        Cutoffs = cutoffs;
        QueryRanks = queryRanks;
        ImageRanks = imageRanks;
        QueryToImage = [.. cutoffs.Select(cutoff => Share(queryRanks, cutoff))];
        ImageToQuery = [.. cutoffs.Select(cutoff => Share(imageRanks, cutoff))];
    }

    /// <summary>The values of K: 1, 5 and 10 unless others were asked for.</summary>
    public IReadOnlyList<int> Cutoffs { get; }

    /// <summary>The share, 0 to 1, of queries (utterances, captions) whose image is in their top K, for each cutoff.</summary>
    public IReadOnlyList<double> QueryToImage { get; }

    /// <summary>The share, 0 to 1, of images with any of their queries in their top K, for each cutoff.</summary>
    public IReadOnlyList<double> ImageToQuery { get; }

    /// <summary>For each query, the 0-based rank of its image among the images.</summary>
    public IReadOnlyList<int> QueryRanks { get; }

    /// <summary>For each image, in the order of first appearance, the 0-based rank of its best query among the queries.</summary>
    public IReadOnlyList<int> ImageRanks { get; }

    /// <summary>Evaluates pairs as data sets list them: query i belongs to image i, and the same image may come many times.</summary>
    /// <param name="queries">[n, dimensions] embeddings; need not be normalised.</param>
    /// <param name="images">[n, dimensions] embeddings of the image of each query. Of those with equal ids the first is used.</param>
    /// <param name="imageIds">n ids; equal ids are one image.</param>
    /// <param name="dimensions">The length of an embedding.</param>
    /// <param name="cutoffs">The values of K, each 1 or more; 1, 5 and 10 where null.</param>
    /// <param name="cancellationToken">Ends the evaluation early.</param>
    /// <exception cref="ArgumentException">Lengths disagree, there are no pairs, or an embedding is zero or not finite.</exception>
    public static RecallAtK ComputePairs(
        ReadOnlySpan<float> queries, ReadOnlySpan<float> images, IReadOnlyList<string> imageIds, int dimensions,
        IReadOnlyList<int>? cutoffs = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(imageIds);
        RequireLength(images, imageIds.Count, dimensions, "image embeddings");
        var firstOf = new Dictionary<string, int>(StringComparer.Ordinal);
        var unique = new List<float>();
        for (int i = 0; i < imageIds.Count; i++)
        {
            if (firstOf.TryAdd(imageIds[i], firstOf.Count))
            {
                unique.AddRange(images.Slice(i * dimensions, dimensions));
            }
        }

        int[] imageOfQuery = [.. imageIds.Select(id => firstOf[id])];
        return Compute(queries, [.. unique], imageOfQuery, dimensions, cutoffs, cancellationToken);
    }

    /// <summary>Evaluates queries against a set of distinct images.</summary>
    /// <param name="queries">[n, dimensions] embeddings; need not be normalised.</param>
    /// <param name="images">[m, dimensions] embeddings of distinct images.</param>
    /// <param name="imageOfQuery">For each query, the index of its image, 0 to m − 1. An image without a query counts as missed.</param>
    /// <param name="dimensions">The length of an embedding.</param>
    /// <param name="cutoffs">The values of K, each 1 or more; 1, 5 and 10 where null.</param>
    /// <param name="cancellationToken">Ends the evaluation early.</param>
    /// <exception cref="ArgumentException">Lengths disagree, there are no pairs, or an embedding is zero or not finite.</exception>
    public static RecallAtK Compute(
        ReadOnlySpan<float> queries, ReadOnlySpan<float> images, IReadOnlyList<int> imageOfQuery, int dimensions,
        IReadOnlyList<int>? cutoffs = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(imageOfQuery);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        cutoffs ??= _defaultCutoffs;
        if (cutoffs.Count == 0 || cutoffs.Any(cutoff => cutoff < 1))
        {
            throw new ArgumentException("The cutoffs must be 1 or more, at least one of them.", nameof(cutoffs));
        }

        int imageCount = images.Length / dimensions;
        RequireLength(queries, imageOfQuery.Count, dimensions, "query embeddings");
        RequireLength(images, imageCount, dimensions, "image embeddings");
        if (imageOfQuery.Any(image => image < 0 || image >= imageCount))
        {
            throw new ArgumentException($"A query belongs to an image that is not among the {imageCount}.", nameof(imageOfQuery));
        }

        var ranking = new SimilarityRanking(queries, images, [.. imageOfQuery], dimensions, cancellationToken);
        return new RecallAtK([.. cutoffs], ranking.QueryRanks(), ranking.ImageRanks());
    }

    /// <summary>Equal when all numbers are.</summary>
    public bool Equals(RecallAtK? other) => other is not null && Cutoffs.SequenceEqual(other.Cutoffs)
        && QueryRanks.SequenceEqual(other.QueryRanks) && ImageRanks.SequenceEqual(other.ImageRanks);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(QueryRanks.Count, ImageRanks.Count, QueryToImage[0], ImageToQuery[0]);

    private static double Share(int[] ranks, int cutoff) => (double)ranks.Count(rank => rank < cutoff) / ranks.Length;

    private static void RequireLength(ReadOnlySpan<float> values, int count, int dimensions, string what)
    {
        if (count == 0 || values.Length != (long)count * dimensions)
        {
            throw new ArgumentException($"{values.Length} values of {what} were given for {count} embeddings of {dimensions} dimensions.");
        }
    }
}
