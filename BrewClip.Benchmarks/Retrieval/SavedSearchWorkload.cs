using BrewClip.Core.Retrieval;
using BrewClip.Core.Retrieval.Indexing;

namespace BrewClip.Benchmarks.Retrieval;

/// <summary>
/// One query as <c>brewclip search</c> asks it once the query is encoded: over the folder of an index of images on the disk (in the page
/// cache), paths and facts of the ten nearest with the answer; the peer is Peers/saved_search.py.
/// </summary>
internal sealed class SavedSearchWorkload : Workload
{
    private const int Top = 10, Dimensions = SearchWorkload.Dimensions;

    private readonly ScratchFolder _folder = new();
    private readonly float[] _query = RandomValues.Floats(Dimensions, seed: 2);
    private readonly EmbeddingIndex? _index;
    private readonly int _count;

    /// <param name="count">Images in the index; 100 000 take 320 MB on the disk.</param>
    /// <param name="opens">Whether every run opens the index and closes it, as a command does, or asks one that stays open, as a service
    /// does.</param>
    public SavedSearchWorkload(int count, bool opens)
    {
        _count = count;
        try
        {
            Write(count, _folder[ImageIndexFolder.IndexName]);
            _index = opens ? null : ImageIndexFolder.Open(_folder.Path);
        }
        catch
        {
            _folder.Dispose();
            throw;
        }
    }

    /// <summary>The answer to the last query.</summary>
    public IReadOnlyList<SearchHit> Hits { get; private set; } = [];

    public override double Bytes => 4.0 * _count * Dimensions;

    public override void Run()
    {
        if (_index is not null)
        {
            Hits = _index.Search(_query, Top);
            return;
        }

        using var index = ImageIndexFolder.Open(_folder.Path);
        Hits = index.Search(_query, Top);
    }

    public override IReadOnlyList<string> PeerArguments(string folder) => [folder, $"{_count}", _index is null ? "open" : "query"];

    public override void Dispose()
    {
        _index?.Dispose();
        _folder.Dispose();
    }

    private static void Write(int count, string path)
    {
        using var index = new EmbeddingIndex(Dimensions) { Model = new ModelIdentity("measured").ToString() };
        var random = new Random(1);
        var vector = new float[Dimensions];
        for (int i = 0; i < count; i++)
        {
            RandomValues.Fill(random, vector);
            var facts = new ImageFacts { Size = 100_000 + i, Modified = DateTime.UnixEpoch.AddMinutes(i), Hash = $"{i:x64}" };
            index.Add($"photographs/{i / 1000:000}/picture {i:000000}.jpg", vector, facts.ToString());
        }

        index.Save(path);
    }
}
