namespace BrewClip.Core.Checkpoints;

/// <summary>Where models come from and where they are kept. <see cref="FromEnvironment"/> gives what Python's huggingface_hub would
/// use.</summary>
public sealed record HubOptions
{
    /// <summary>The hub's address without a final slash (HF_ENDPOINT).</summary>
    public required string Endpoint { get; init; }

    /// <summary>The folder that holds <c>models--org--name</c> (HF_HUB_CACHE).</summary>
    public required string CacheFolder { get; init; }

    /// <summary>
    /// Sent to <see cref="Endpoint"/>'s host alone, never to where it redirects (HF_TOKEN, or the token file). Default none.
    /// </summary>
    public string? Token { get; init; }

    /// <summary>Use the cache alone, with no request at all (HF_HUB_OFFLINE). Default false.</summary>
    public bool Offline { get; init; }

    /// <summary>Link snapshots to blobs where the file system can; otherwise copy (HF_HUB_DISABLE_SYMLINKS). Default true.</summary>
    public bool UseSymbolicLinks { get; init; } = true;

    /// <summary>Whether a model without <c>model.safetensors</c> or its shards is an error. Default true.</summary>
    public bool RequireWeights { get; init; } = true;

    /// <summary>Files to fetch besides those that every model needs, with '/' between folders; absent ones are an error. Default
    /// none.</summary>
    public IReadOnlyList<string> AdditionalFiles { get; init; } = [];

    /// <summary>How long to wait for an answer's head (HF_HUB_ETAG_TIMEOUT). Default 10 s.</summary>
    public TimeSpan ResponseTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a transfer may stand still before it is taken up anew (HF_HUB_DOWNLOAD_TIMEOUT). Default 10 s.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Attempts after the first, counted anew whenever a transfer got further. Default 5.</summary>
    public int MaxRetries { get; init; } = 5;

    /// <summary>Wait before the first retry, doubled for each further one. Default 1 s.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait that a server may ask for (Retry-After) before giving up. Default 1 minute.</summary>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// What HF_HOME, HF_HUB_CACHE, HF_ENDPOINT, HF_TOKEN, HF_TOKEN_PATH, HF_HUB_OFFLINE, XDG_CACHE_HOME and their older spellings say,
    /// resolved as Python's huggingface_hub resolves them.
    /// </summary>
    public static HubOptions FromEnvironment() => HubEnvironment.Read(Environment.GetEnvironmentVariable);

    /// <summary>Everything but the token.</summary>
    public override string ToString() => $"{nameof(HubOptions)} {{ {Endpoint}, {CacheFolder}{(Offline ? ", offline" : "")} }}";
}
