using BenchmarkDotNet.Attributes;
using BrewClip.Core.Retrieval;

namespace BrewClip.Benchmarks.Retrieval;

/// <summary>
/// Exact search over random 768-dimensional embeddings, and the time that merely reading as many bytes takes; the peer is
/// Peers/flat_search.py.
/// </summary>
public class FlatSearchBenchmark
{
    private const int Dimensions = 768, Queries = 64, Top = 10;

    private EmbeddingIndex _index = null!;
    private float[] _queries = [];
    private MemoryRead _memory = null!;

    [Params(EmbeddingStorage.Float32, EmbeddingStorage.Float16, EmbeddingStorage.Int8)]
    public EmbeddingStorage Storage { get; set; }

    /// <summary>How many embeddings; a million float32 ones take 3 GB, and as much again for ReadMemory.</summary>
    [Params(10_000, 100_000, 1_000_000)]
    public int Count { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        var vector = new float[Dimensions];
        _index = new EmbeddingIndex(Dimensions, Storage);
        for (int i = 0; i < Count; i++)
        {
            RandomValues.Fill(random, vector);
            _index.Add($"{i}", vector);
        }

        _queries = RandomValues.Floats(Queries * Dimensions);
        int elementSize = Storage == EmbeddingStorage.Float32 ? 4 : Storage == EmbeddingStorage.Float16 ? 2 : 1;
        _memory = new MemoryRead((long)Count * Dimensions * elementSize);
    }

    [Benchmark(Baseline = true)]
    public IReadOnlyList<SearchHit> OneQuery() => _index.Search(_queries.AsSpan(0, Dimensions), Top);

    [Benchmark(OperationsPerInvoke = Queries)]
    public IReadOnlyList<SearchHit>[] QueryOfBatch() => _index.SearchBatch(_queries, Top);

    /// <summary>The floor of OneQuery: all processors read the same number of bytes and do nothing with them.</summary>
    [Benchmark]
    public float ReadMemory() => _memory.Read();

    /// <summary>Lets go of both blocks of memory: the next case makes its own of the same size.</summary>
    [GlobalCleanup]
    public void Cleanup()
    {
        _index.Dispose();
        (_index, _memory) = (null!, null!);
    }
}
