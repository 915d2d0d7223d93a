using BrewClip.Core.Retrieval;

namespace BrewClip.Benchmarks.Retrieval;

/// <summary>The ten nearest of float32 embeddings of 768 dimensions, exactly, for one query or several at once.</summary>
internal sealed class SearchWorkload : Workload
{
    /// <summary>Width of CLIP L/14's embeddings.</summary>
    public const int Dimensions = 768;

    private const int Top = 10;

    private readonly EmbeddingIndex _index;
    private readonly float[] _queries;
    private readonly int _count, _batch;

    /// <param name="count">Embeddings in the index; a million take 3 GB.</param>
    /// <param name="batch">Queries at once.</param>
    /// <param name="storage">How the embeddings are kept.</param>
    public SearchWorkload(int count, int batch, EmbeddingStorage storage = EmbeddingStorage.Float32)
    {
        (_count, _batch) = (count, batch);
        _index = new EmbeddingIndex(Dimensions, storage);
        var random = new Random(1);
        var vector = new float[Dimensions];
        for (int i = 0; i < count; i++)
        {
            RandomValues.Fill(random, vector);
            _index.Add($"{i}", vector);
        }

        _queries = RandomValues.Floats(batch * Dimensions);
        int elementSize = storage == EmbeddingStorage.Float32 ? 4 : storage == EmbeddingStorage.Float16 ? 2 : 1;
        Bytes = (double)count * Dimensions * elementSize;
    }

    public override double Bytes { get; }

    public override double Operations => 2.0 * _batch * _count * Dimensions;

    public override int Items => _batch;

    public override void Run() => _index.SearchBatch(_queries, Top);

    public override IReadOnlyList<string> PeerArguments(string folder) => [$"{_count}", $"{_batch}"];

    public override void Dispose() => _index.Dispose();
}
