using System.Text.Json;

namespace BrewClip.Data.Caches;

/// <summary>What Whisper heard in one recording, or why it heard nothing.</summary>
/// <param name="Text">The transcript; null where transcribing failed.</param>
/// <param name="Failure">Why it failed; null where it did not.</param>
public sealed record CachedTranscript(string? Text, string? Failure);

/// <summary>
/// Transcripts of recordings by their content, so that the frozen Whisper runs once. Failures that lie in a recording are kept
/// with their reason, as those of the paper's 21 recordings would have been.
/// </summary>
/// <remarks>
/// Safe for concurrent use within a process. Whoever opens it disposes it; a later call is refused with
/// <see cref="ObjectDisposedException"/>.
/// </remarks>
public sealed class TranscriptCache : IDisposable
{
    private readonly RecordFile _file;

    private TranscriptCache(RecordFile file) => _file = file;

    /// <summary>Transcripts in the cache, failures among them.</summary>
    public int Count => _file.Count;

    /// <summary>Opens the cache of a model and its options.</summary>
    /// <param name="folder">The folder of caches, created where missing.</param>
    /// <param name="model">The model's identity: <see cref="ContentHash.OfModel"/>.</param>
    /// <param name="options">Every option of decoding that changes transcripts, as text.</param>
    /// <param name="readOnly">Only read what is there.</param>
    /// <exception cref="IOException">Another process writes this cache.</exception>
    /// <exception cref="InvalidDataException">The file is damaged at its beginning.</exception>
    public static TranscriptCache Open(string folder, string model, string options, bool readOnly = false)
    {
        var identity = new CacheIdentity("transcripts", model, options);
        return new TranscriptCache(RecordFile.Open(Path.Combine(folder, identity.FileName), identity.Json, readOnly));
    }

    /// <summary>Whether a recording was transcribed, or failed to be.</summary>
    /// <param name="key">The recording: <see cref="ContentHash.OfFile"/>.</param>
    public bool Contains(string key) => _file.Contains(key);

    /// <summary>What was heard in a recording; null where it was not yet transcribed.</summary>
    /// <param name="key">The recording: <see cref="ContentHash.OfFile"/>.</param>
    public CachedTranscript? Find(string key) =>
        _file.Read(key) is { } content ? JsonSerializer.Deserialize<CachedTranscript>(content) : null;

    /// <summary>Adds a transcript; of a key that is there already the newer one counts.</summary>
    /// <param name="key">The recording: <see cref="ContentHash.OfFile"/>.</param>
    /// <param name="text">What was heard; may be empty.</param>
    /// <exception cref="InvalidOperationException">The cache was opened for reading alone.</exception>
    /// <exception cref="IOException">The disk is full: the cache keeps what it had.</exception>
    public void Add(string key, string text) => _file.Append(key, JsonSerializer.SerializeToUtf8Bytes(new CachedTranscript(text, null)));

    /// <summary>Adds a recording that can never be transcribed: it is not tried again.</summary>
    /// <param name="key">The recording: <see cref="ContentHash.OfFile"/>.</param>
    /// <param name="reason">Why, in a sentence.</param>
    /// <inheritdoc cref="Add" path="/exception"/>
    public void AddFailure(string key, string reason) =>
        _file.Append(key, JsonSerializer.SerializeToUtf8Bytes(new CachedTranscript(null, reason)));

    /// <summary>Brings everything to the disk.</summary>
    public void Flush() => _file.Flush();

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();
}
