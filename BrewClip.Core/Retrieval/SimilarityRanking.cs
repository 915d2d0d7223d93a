namespace BrewClip.Core.Retrieval;

/// <summary>
/// Where the correct item ranks for every query and every image: computed in one pass over blocks of the similarity matrix, which is never
/// whole in memory. A rank is the number of items that are more similar, or equally similar at a lower index.
/// </summary>
internal sealed unsafe class SimilarityRanking
{
    private const int BlockQueries = 64, BlockImages = 64;

    private readonly int _stride;
    private readonly float[] _queries;
    private readonly float[] _images;
    private readonly int[] _imageOfQuery;
    private readonly int[] _queryRanks;
    private readonly int[] _imageRanks;
    private readonly float[] _ownScores;
    private readonly int[] _bestQuery;

    public SimilarityRanking(
        ReadOnlySpan<float> queries, ReadOnlySpan<float> images, int[] imageOfQuery, int dimensions, CancellationToken cancellationToken)
    {
        _stride = DotProducts.PaddedLength(dimensions);
        _queries = Normalize(queries, dimensions, "Query");
        _images = Normalize(images, dimensions, "Image");
        _imageOfQuery = imageOfQuery;
        _queryRanks = new int[imageOfQuery.Length];
        _imageRanks = new int[images.Length / dimensions];
        _ownScores = new float[imageOfQuery.Length];
        _bestQuery = new int[_imageRanks.Length];
        FindBestQueries();
        CountBetter(cancellationToken);
    }

    public int[] QueryRanks() => _queryRanks;

    /// <summary>An image that no query belongs to has the rank int.MaxValue.</summary>
    public int[] ImageRanks() => _imageRanks;

    private float[] Normalize(ReadOnlySpan<float> vectors, int dimensions, string what)
    {
        int count = vectors.Length / dimensions;
        var normalized = new float[checked(count * _stride)];
        for (int i = 0; i < count; i++)
        {
            EmbeddingEncoding.Normalize(vectors.Slice(i * dimensions, dimensions), normalized.AsSpan(i * _stride, _stride), $"{what} {i}");
        }

        return normalized;
    }

    /// <summary>Of the queries of an image, the most similar one, and of equals the first, decides the image's rank.</summary>
    private void FindBestQueries()
    {
        Array.Fill(_bestQuery, -1);
        fixed (float* queries = _queries, images = _images)
        {
            for (int query = 0; query < _imageOfQuery.Length; query++)
            {
                int image = _imageOfQuery[query];
                _ownScores[query] = DotProducts.Dot(images + (long)image * _stride, queries + (long)query * _stride, _stride);
                int best = _bestQuery[image];
                if (best < 0 || _ownScores[query] > _ownScores[best])
                {
                    _bestQuery[image] = query;
                }
            }
        }
    }

    private void CountBetter(CancellationToken cancellationToken)
    {
        int blocks = (_imageOfQuery.Length + BlockQueries - 1) / BlockQueries;
        var options = new ParallelOptions { CancellationToken = cancellationToken };
        Parallel.For(0, blocks, options, () => new int[_imageRanks.Length], CountBlock, MergeImageRanks);
        for (int image = 0; image < _imageRanks.Length; image++)
        {
            _imageRanks[image] = _bestQuery[image] < 0 ? int.MaxValue : _imageRanks[image];
        }
    }

    private int[] CountBlock(int block, ParallelLoopState state, int[] imageRanks)
    {
        int firstQuery = block * BlockQueries;
        int queryCount = Math.Min(BlockQueries, _imageOfQuery.Length - firstQuery);
        float* scores = stackalloc float[BlockQueries * BlockImages];
        fixed (float* queries = _queries, images = _images)
        {
            for (int firstImage = 0; firstImage < _imageRanks.Length; firstImage += BlockImages)
            {
                int imageCount = Math.Min(BlockImages, _imageRanks.Length - firstImage);
                float* rows = images + (long)firstImage * _stride;
                DotProducts.Score(rows, imageCount, queries + (long)firstQuery * _stride, queryCount, _stride, scores);
                Compare(scores, firstQuery, queryCount, firstImage, imageCount, imageRanks);
            }
        }

        return imageRanks;
    }

    private void Compare(float* scores, int firstQuery, int queryCount, int firstImage, int imageCount, int[] imageRanks)
    {
        for (int query = firstQuery; query < firstQuery + queryCount; query++)
        {
            float own = _ownScores[query];
            int ownImage = _imageOfQuery[query], better = 0;
            for (int image = firstImage; image < firstImage + imageCount; image++)
            {
                float score = *scores++;
                better += score > own || (score == own && image < ownImage) ? 1 : 0;
                int rival = _bestQuery[image];
                imageRanks[image] += rival >= 0 && (score > _ownScores[rival] || (score == _ownScores[rival] && query < rival)) ? 1 : 0;
            }

            _queryRanks[query] += better;
        }
    }

    private void MergeImageRanks(int[] counted)
    {
        lock (_imageRanks)
        {
            for (int i = 0; i < counted.Length; i++)
            {
                _imageRanks[i] += counted[i];
            }
        }
    }
}
