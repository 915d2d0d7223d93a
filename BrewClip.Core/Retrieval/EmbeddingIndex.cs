namespace BrewClip.Core.Retrieval;

/// <summary>
/// Exact nearest-neighbour search by cosine similarity over embeddings with ids and metadata. Deterministic: equal scores rank the item
/// that was added first.
/// </summary>
/// <remarks>
/// Thread-safe: any number of threads may search while others add, replace, remove or save. A search sees the index as it was when the
/// search began and takes no lock; writers take turns. An index that was opened mapped refuses every call with
/// <see cref="InvalidDataException"/> once another process has cut its file short; a cut during a search ends the process, so replace such
/// files by a rename, as <see cref="Save"/> does.
/// </remarks>
public sealed class EmbeddingIndex : IDisposable
{
    /// <summary>The most dimensions that an index may have.</summary>
    public const int MaxDimensions = 16384;

    /// <summary>Candidates per wanted hit, and at least, that an int8 scan hands to rescoring.</summary>
    private const int RescoringFactor = 4, RescoringMinimum = 64;

    private readonly EmbeddingRows _rows;
    private readonly MappedIndexFile? _file;

    /// <summary>Makes an empty index.</summary>
    /// <param name="dimensions">The length of its vectors, 1 to <see cref="MaxDimensions"/>.</param>
    /// <param name="storage">How vectors are kept. Default float32.</param>
    /// <exception cref="ArgumentOutOfRangeException">The dimensions are others.</exception>
    public EmbeddingIndex(int dimensions, EmbeddingStorage storage = EmbeddingStorage.Float32)
        : this(new EmbeddingRows(dimensions, storage), null, null)
    {
    }

    internal EmbeddingIndex(EmbeddingRows rows, MappedIndexFile? file, string? model)
    {
        _rows = rows;
        _file = file;
        Model = model;
    }

    /// <summary>The length of the vectors.</summary>
    public int Dimensions => _rows.Dimensions;

    /// <summary>How vectors are kept.</summary>
    public EmbeddingStorage Storage => _rows.Storage;

    /// <summary>
    /// Which model made the embeddings, in the words of whoever built the index; saved with it, so that a mismatch can be noticed.
    /// </summary>
    public string? Model { get; init; }

    /// <summary>How many items there are.</summary>
    public int Count => _rows.Snapshot.Live;

    /// <summary>The ids of all items, in the order of their positions.</summary>
    public IReadOnlyList<string> Ids
    {
        get
        {
            using MappedIndexFile.Lease lease = Enter();
            return [.. _rows.Snapshot.LiveRows().Select(static at => at.Segment.IdAt(at.Row))];
        }
    }

    /// <summary>Opens a file that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <param name="memoryMapped">
    /// Whether vectors are left in the file and paged in by the system as searches touch them (the default), or read into memory, after
    /// which the file is no longer needed. On Windows a mapped file cannot be replaced by <see cref="Save"/>.
    /// </param>
    /// <param name="verify">Whether all content is checked against its checksum first, which reads the whole file. The header always
    /// is.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is no index, is damaged, or is of a later version.</exception>
    public static EmbeddingIndex Open(string path, bool memoryMapped = true, bool verify = false) =>
        EmbeddingIndexReader.Open(path, memoryMapped, verify);

    /// <summary>Adds an item; its vector is normalised.</summary>
    /// <param name="id">The item's id: not empty, and not yet in the index.</param>
    /// <param name="vector">Its embedding, <see cref="Dimensions"/> values.</param>
    /// <param name="metadata">Any text to get back with the hits; null for none.</param>
    /// <exception cref="ArgumentException">The id is empty or present, or the vector is of another length, zero or not finite.</exception>
    /// <exception cref="ObjectDisposedException">The index was opened mapped, and disposed.</exception>
    public void Add(string id, ReadOnlySpan<float> vector, string? metadata = null) => Write(id, vector, metadata, replace: false);

    /// <summary>Adds an item, or replaces the one with its id; a replaced item's position is that of the last.</summary>
    /// <inheritdoc cref="Add"/>
    public void Replace(string id, ReadOnlySpan<float> vector, string? metadata = null) => Write(id, vector, metadata, replace: true);

    /// <summary>Removes an item.</summary>
    /// <returns>False if there is none with this id.</returns>
    public bool Remove(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        using MappedIndexFile.Lease lease = Enter();
        return _rows.Remove(id);
    }

    /// <summary>Whether there is an item with this id.</summary>
    public bool Contains(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        using MappedIndexFile.Lease lease = Enter();
        return _rows.Find(id) >= 0;
    }

    /// <summary>The stored, normalised vector of an item, in the precision it is kept in; null if there is none with this id.</summary>
    public float[]? FindVector(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        using MappedIndexFile.Lease lease = Enter();
        return _rows.Find(id) is int row and >= 0 ? _rows.Read(_rows.Snapshot, row)[..Dimensions] : null;
    }

    /// <summary>What was stored with an item; null if that is nothing, or if there is no item with this id.</summary>
    public string? FindMetadata(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        using MappedIndexFile.Lease lease = Enter();
        return _rows.Find(id) is int row and >= 0 ? MetadataAt(_rows.Snapshot, row) : null;
    }

    /// <summary>The items most similar to a query, best first; fewer than asked for where the index has fewer.</summary>
    /// <param name="query">An embedding of <see cref="Dimensions"/> values; need not be normalised.</param>
    /// <param name="top">How many, 1 or more.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    /// <exception cref="ArgumentException">
    /// The query is of another length, zero or not finite, or <paramref name="top"/> below 1.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The index was opened mapped, and disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<SearchHit> Search(ReadOnlySpan<float> query, int top, CancellationToken cancellationToken = default)
    {
        if (query.Length != Dimensions)
        {
            throw new ArgumentException($"The query has {query.Length} dimensions where the index has {Dimensions}.", nameof(query));
        }

        return SearchBatch(query, top, cancellationToken)[0];
    }

    /// <summary>
    /// Searches for many queries at once, which reads the vectors once for all of them. Results equal those of single searches.
    /// </summary>
    /// <param name="queries">[n, <see cref="Dimensions"/>] embeddings, row after row.</param>
    /// <param name="top">How many hits for each, 1 or more.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    /// <returns>The hits of each query, best first.</returns>
    /// <exception cref="ArgumentException">The length is no multiple of the dimensions, a query is zero or not finite, or
    /// <paramref name="top"/> is below 1.</exception>
    /// <exception cref="ObjectDisposedException">The index was opened mapped, and disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<SearchHit>[] SearchBatch(ReadOnlySpan<float> queries, int top, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        float[] prepared = Prepare(queries);
        using MappedIndexFile.Lease lease = Enter();
        IndexSnapshot snapshot = _rows.Snapshot;
        int wanted = Math.Min(top, snapshot.Live);
        if (wanted == 0)
        {
            return [.. Enumerable.Repeat<IReadOnlyList<SearchHit>>([], prepared.Length / _rows.Stride)];
        }

        bool rescored = Storage == EmbeddingStorage.Int8;
        int candidates = rescored ? (int)Math.Min(snapshot.Live, Math.Max((long)wanted * RescoringFactor, RescoringMinimum)) : wanted;
        TopCandidates[] best = ExactScan.Run(snapshot, prepared, _rows.Stride, candidates, cancellationToken);
        var results = new IReadOnlyList<SearchHit>[best.Length];
        for (int i = 0; i < results.Length; i++)
        {
            TopCandidates ranked = rescored ? Rescore(snapshot, best[i], prepared.AsSpan(i * _rows.Stride, _rows.Stride), wanted) : best[i];
            results[i] = [.. ranked.Ranked().Select(candidate => ToHit(snapshot, candidate))];
        }

        return results;
    }

    /// <summary>
    /// Writes the items to a file that <see cref="Open"/> reads, beside its place and then renamed. Removed rows are left out.
    /// </summary>
    /// <param name="path">The file; replaced if it exists. The index may have been opened from it (but see <see cref="Open"/> on
    /// Windows).</param>
    /// <exception cref="IOException">The file could not be written; an older one is still whole.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using MappedIndexFile.Lease lease = Enter();
        EmbeddingIndexWriter.Write(path, _rows.Snapshot, Dimensions, Storage, Model);
    }

    /// <summary>
    /// Releases the mapped file once the searches that are under way have ended; an index that was opened mapped cannot be used after. For
    /// an index in memory there is nothing to release.
    /// </summary>
    public void Dispose() => _file?.Dispose();

    private void Write(string id, ReadOnlySpan<float> vector, string? metadata, bool replace)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        using MappedIndexFile.Lease lease = Enter();
        _rows.Write(id, vector, metadata, replace);
    }

    private MappedIndexFile.Lease Enter() => _file?.Enter() ?? default;

    private float[] Prepare(ReadOnlySpan<float> queries)
    {
        if (queries.IsEmpty || queries.Length % Dimensions != 0)
        {
            throw new ArgumentException(
                $"The queries have {queries.Length} values, which is no multiple of the index's {Dimensions} dimensions.", nameof(queries));
        }

        int count = queries.Length / Dimensions;
        float[] prepared = GC.AllocateUninitializedArray<float>(checked(count * _rows.Stride));
        for (int i = 0; i < count; i++)
        {
            string what = count == 1 ? "The query" : $"Query {i}";
            EmbeddingEncoding.Normalize(queries.Slice(i * Dimensions, Dimensions), prepared.AsSpan(i * _rows.Stride, _rows.Stride), what);
        }

        return prepared;
    }

    private unsafe TopCandidates Rescore(IndexSnapshot snapshot, TopCandidates candidates, ReadOnlySpan<float> query, int top)
    {
        var rescored = new TopCandidates(top);
        fixed (float* left = query)
        {
            foreach (var (_, row) in candidates.Ranked())
            {
                fixed (float* right = _rows.Read(snapshot, row))
                {
                    rescored.Offer(DotProducts.Dot(right, left, query.Length), row);
                }
            }
        }

        return rescored;
    }

    private static string? MetadataAt(IndexSnapshot snapshot, int row)
    {
        EmbeddingSegment segment = snapshot.Segments[snapshot.SegmentOf(row)];
        return segment.MetadataAt(row - segment.FirstRow);
    }

    private static SearchHit ToHit(IndexSnapshot snapshot, (float Score, int Row) candidate)
    {
        EmbeddingSegment segment = snapshot.Segments[snapshot.SegmentOf(candidate.Row)];
        int row = candidate.Row - segment.FirstRow;
        return new SearchHit(segment.IdAt(row), candidate.Score, candidate.Row, segment.MetadataAt(row));
    }
}
