using System.Text.Json;

namespace BrewClip.Core.Checkpoints;

/// <summary>
/// Finds a model by its name on the Hugging Face hub, or by folder. What is fetched goes into the hub's own cache layout with its own
/// environment variables, so that what Python has downloaded is used and the other way round. Only the files that loading needs are
/// fetched; interrupted transfers are taken up again; sizes and checksums are verified before a file becomes visible.
/// </summary>
/// <remarks>Thread-safe, also between processes: each file is fetched under a lock, by one at a time.</remarks>
public sealed class HuggingFaceHub
{
    /// <summary>The public hub, used unless HF_ENDPOINT names another.</summary>
    internal const string DefaultEndpoint = "https://huggingface.co";

    private const int MaxListingLength = 1 << 25;

    private static readonly Lazy<HttpClient> _shared = new(() => CreateHttp(useProxy: true));

    private readonly HttpClient _http;

    /// <summary>A hub client over one connection pool that all of them share, with the system's proxy settings.</summary>
    public HuggingFaceHub()
        : this(_shared.Value)
    {
    }

    internal HuggingFaceHub(HttpClient http) => _http = http;

    /// <summary>
    /// The local folder of a model: <paramref name="nameOrFolder"/> itself when that is a folder, else the snapshot in the cache, which is
    /// completed from the hub first. When the hub cannot be reached, a complete snapshot from an earlier time is used.
    /// </summary>
    /// <param name="nameOrFolder">A folder, or a name such as <c>openai/whisper-base</c>, with <c>@branch</c>, <c>@tag</c> or
    /// <c>@commit</c> if wanted.</param>
    /// <param name="options">By default <see cref="HubOptions.FromEnvironment"/>.</param>
    /// <param name="progress">Told after every block that arrives.</param>
    /// <param name="cancellationToken">What has arrived is kept and taken up next time.</param>
    /// <exception cref="HubException">The model cannot be had; the message says why and what helps.</exception>
    /// <exception cref="ArgumentException">The text is neither an existing folder nor a possible name.</exception>
    /// <exception cref="IOException">The disk is full or the cache cannot be written.</exception>
    public async Task<string> ResolveAsync(
        string nameOrFolder,
        HubOptions? options = null,
        IProgress<HubProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(nameOrFolder);
        if (Directory.Exists(nameOrFolder))
        {
            return Path.GetFullPath(nameOrFolder);
        }

        var repository = HubRepository.Parse(nameOrFolder);
        options ??= HubOptions.FromEnvironment();
        var cache = new HubCache(options, repository);
        string? cached = cache.KnownCommit() is { } known ? cache.CompleteSnapshot(known) : null;
        if (options.Offline || (cached is not null && repository.IsCommit))
        {
            return cached ?? throw new HubException(
                $"'{nameOrFolder}' is not completely in '{options.CacheFolder}', and offline mode forbids fetching it: unset "
                + "HF_HUB_OFFLINE, or download it first.");
        }

        try
        {
            return await FetchAsync(new HubClient(_http, options), repository, cache, progress, cancellationToken).ConfigureAwait(false);
        }
        catch (HubException exception) when (exception.IsTemporary && cached is not null)
        {
            return cached;
        }
    }

    internal static HttpClient CreateHttp(bool useProxy) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = useProxy,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    private static async Task<string> FetchAsync(
        HubClient client, HubRepository repository, HubCache cache, IProgress<HubProgress>? progress, CancellationToken cancellationToken)
    {
        var (commit, present) = await ListAsync(client, repository, cancellationToken).ConfigureAwait(false);
        var files = ModelFiles.Choose(repository, present, client.Options);
        for (int i = 0; i < files.Count; i++)
        {
            string name = files[i];
            if (!File.Exists(cache.Pointer(commit, name)))
            {
                var file = await HubFile.AskAsync(client, repository, commit, name, cancellationToken).ConfigureAwait(false);
                var report = Reporter(progress, file, i + 1, files);
                await FetchAsync(client, repository, cache, commit, file, report, cancellationToken).ConfigureAwait(false);
            }

            if (name == SafetensorsIndex.FileName)
            {
                files.AddRange(SafetensorsIndex.Read(cache.Pointer(commit, name)).Values.Distinct().Order(StringComparer.Ordinal));
            }
        }

        cache.Remember(commit);
        return cache.Snapshot(commit);
    }

    private static async Task FetchAsync(
        HubClient client,
        HubRepository repository,
        HubCache cache,
        string commit,
        HubFile file,
        Action<long>? report,
        CancellationToken cancellationToken)
    {
        using var held = await HubLock.AcquireAsync(cache.Lock(file.ETag), cancellationToken).ConfigureAwait(false);
        string blob = cache.Blob(file.ETag);
        if (!File.Exists(blob))
        {
            await new HubDownload(client, repository, file, blob, report).RunAsync(cancellationToken).ConfigureAwait(false);
        }

        cache.Point(commit, file.Name, file.ETag);
    }

    private static Action<long>? Reporter(IProgress<HubProgress>? progress, HubFile file, int number, List<string> files) =>
        progress is null ? null : done => progress.Report(new HubProgress(file.Name, done, file.Size, number, files.Count));

    private static async Task<(string Commit, List<string> Files)> ListAsync(
        HubClient client, HubRepository repository, CancellationToken cancellationToken)
    {
        var address = client.Address($"api/models/{repository.Name}/revision/{Uri.EscapeDataString(repository.Revision)}");
        using var response = await client.SendAsync(HttpMethod.Get, address, 0, null, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            throw HubRefusal.Describe(response, repository, null);
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(client.Options.StallTimeout);
        try
        {
            await response.Content.LoadIntoBufferAsync(MaxListingLength, deadline.Token).ConfigureAwait(false);
            using var json = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
            string commit = json.RootElement.GetProperty("sha").GetString() ?? "";
            var siblings = json.RootElement.GetProperty("siblings").EnumerateArray();
            List<string> files = [.. siblings.Select(file => file.GetProperty("rfilename").GetString() ?? "")];
            return HubRepository.IsCommitHash(commit) ? (commit, files) : throw new KeyNotFoundException($"'{commit}' is no commit.");
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new HubException($"'{address.Host}' does not answer as a hub does: {exception.Message} Check HF_ENDPOINT.", exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            string sentence = $"The list of the files of '{repository.Name}' could not be read: {exception.Message}";
            throw new HubException(sentence, exception) { IsTemporary = true };
        }
    }
}
