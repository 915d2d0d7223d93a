namespace BrewClip.Data.Caches;

/// <summary>What a frozen network computes of files, by their content: image embeddings, Whisper's encoder frames.</summary>
/// <remarks>
/// Safe for concurrent use within a process. Whoever opens it disposes it; a later call is refused with
/// <see cref="ObjectDisposedException"/>.
/// </remarks>
public sealed class FeatureCache : IDisposable
{
    private readonly RecordFile _file;
    private readonly FeaturePrecision _precision;

    private FeatureCache(RecordFile file, FeaturePrecision precision, string options) =>
        (_file, _precision, Options) = (file, precision, options);

    /// <summary>The options that it was opened with.</summary>
    public string Options { get; }

    /// <summary>Features in the cache.</summary>
    public int Count => _file.Count;

    /// <summary>Opens the cache of a model and its options.</summary>
    /// <param name="folder">The folder of caches, created where missing.</param>
    /// <param name="kind">What is cached: <c>frames</c>, <c>images</c>.</param>
    /// <param name="model">The model's identity: <see cref="ContentHash.OfModel"/>.</param>
    /// <param name="options">Every option that changes features, as text.</param>
    /// <param name="precision">How they are stored; part of the identity.</param>
    /// <param name="readOnly">Only read what is there.</param>
    /// <exception cref="IOException">Another process writes this cache.</exception>
    /// <exception cref="InvalidDataException">The file is damaged at its beginning.</exception>
    public static FeatureCache Open(
        string folder, string kind, string model, string options, FeaturePrecision precision = FeaturePrecision.Float16,
        bool readOnly = false)
    {
        var identity = new CacheIdentity(kind, model, $"{precision} {options}");
        return new FeatureCache(RecordFile.Open(Path.Combine(folder, identity.FileName), identity.Json, readOnly), precision, options);
    }

    /// <summary>Whether a file's features are there.</summary>
    /// <param name="key">The file: <see cref="ContentHash.OfFile"/>.</param>
    public bool Contains(string key) => _file.Contains(key);

    /// <summary>A file's features; null where they are not there, or were damaged.</summary>
    /// <param name="key">The file: <see cref="ContentHash.OfFile"/>.</param>
    public CachedFeatures? Find(string key) => _file.Read(key) is { } content ? CachedFeatures.Decode(content) : null;

    /// <summary>Adds a file's features; of a key that is there already the newer ones count.</summary>
    /// <param name="key">The file: <see cref="ContentHash.OfFile"/>.</param>
    /// <param name="features">Rows and numbers; they are copied.</param>
    /// <exception cref="InvalidOperationException">The cache was opened for reading alone.</exception>
    /// <exception cref="IOException">The disk is full: the cache keeps what it had.</exception>
    /// <exception cref="InvalidDataException">A number is beyond what the precision holds.</exception>
    public void Add(string key, CachedFeatures features) => _file.Append(key, features.Encode(_precision));

    /// <summary>Brings everything to the disk.</summary>
    public void Flush() => _file.Flush();

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();
}
