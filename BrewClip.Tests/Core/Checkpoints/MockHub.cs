using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BrewClip.Core.Checkpoints;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Core.Checkpoints;

/// <summary>A hub with one model, <c>org/name</c>, its cache folder, and a client; every answer can be replaced by a test.</summary>
internal sealed class MockHub : IDisposable
{
    public const string Commit = "0123456789abcdef0123456789abcdef01234567";

    private readonly HttpClient _http = HuggingFaceHub.CreateHttp(useProxy: false);

    public MockHub()
    {
        Files["config.json"] = "{\"model_type\":\"mock\"}"u8.ToArray();
        Files["vocab.json"] = "{}"u8.ToArray();
        Files["pytorch_model.bin"] = "never needed"u8.ToArray();
        Files["model.safetensors"] = Weights();
        Server = new HubServer(request => Intercept?.Invoke(request) ?? Answer(request));
        Options = new HubOptions
        {
            Endpoint = Server.Endpoint,
            CacheFolder = Folder["hub"],
            RetryDelay = TimeSpan.FromMilliseconds(1),
            StallTimeout = TimeSpan.FromSeconds(5),
        };
    }

    public TemporaryFolder Folder { get; } = new();

    public HubServer Server { get; }

    public HubOptions Options { get; set; }

    /// <summary>A test's own answer, or null for the right one.</summary>
    public Func<HubRequest, HubAnswer?>? Intercept { get; set; }

    public Dictionary<string, byte[]> Files { get; } = new(StringComparer.Ordinal);

    public string Root => Path.Combine(Options.CacheFolder, "models--org--name");

    public string Blob(string file) => Path.Combine(Root, "blobs", Tag(file));

    public int Gets(string file) => Server.Requests.Count(r => r.Method == "GET" && r.Path.EndsWith("/" + file, StringComparison.Ordinal));

    public Task<string> ResolveAsync(
        string name = "org/name", IProgress<HubProgress>? progress = null, CancellationToken cancellationToken = default) =>
        new HuggingFaceHub(_http).ResolveAsync(name, Options, progress, cancellationToken);

    /// <summary>The right answer of a hub.</summary>
    public HubAnswer Answer(HubRequest request)
    {
        if (request.Path.StartsWith("/api/models/org/name/revision/", StringComparison.Ordinal))
        {
            var siblings = Files.Keys.Select(name => new { rfilename = name });
            string listing = JsonSerializer.Serialize(new { id = "org/name", sha = Commit, siblings });
            return new HubAnswer(200) { Body = Encoding.UTF8.GetBytes(listing) };
        }

        string prefix = $"/org/name/resolve/{Commit}/";
        return request.Path.StartsWith(prefix, StringComparison.Ordinal)
            && Files.TryGetValue(request.Path[prefix.Length..], out byte[]? body)
            ? Content(request, body, request.Path[prefix.Length..])
            : new HubAnswer(404) { Headers = { ["X-Error-Code"] = "EntryNotFound" } };
    }

    public HubAnswer Content(HubRequest request, byte[] body, string file)
    {
        var headers = new Dictionary<string, string>
        {
            ["ETag"] = $"\"{Tag(file)}\"",
            ["X-Repo-Commit"] = Commit,
            ["Accept-Ranges"] = "bytes",
        };
        if (request.RangeStart is not { } start)
        {
            return new HubAnswer(200) { Headers = headers, Body = body };
        }

        headers["Content-Range"] = string.Create(CultureInfo.InvariantCulture, $"bytes {start}-{body.Length - 1}/{body.Length}");
        return start >= body.Length ? new HubAnswer(416) : new HubAnswer(206) { Headers = headers, Body = body[(int)start..] };
    }

    /// <summary>SHA-256 for weights, as large files have; git's SHA-1 for the rest.</summary>
    public string Tag(string file)
    {
        byte[] body = Files[file];
        byte[] hash = file.EndsWith(".safetensors", StringComparison.Ordinal)
            ? SHA256.HashData(body)
            : SHA1.HashData([.. Encoding.ASCII.GetBytes($"blob {body.Length}\0"), .. body]);
        return Convert.ToHexStringLower(hash);
    }

    public void Dispose()
    {
        Server.Dispose();
        _http.Dispose();
        Folder.Dispose();
    }

    private byte[] Weights()
    {
        SafetensorsWriter.Write(Folder["made"], [TensorData.FromFloat32("w", [50_000], FormulaWeights.Uniform("mock", 50_000))]);
        return File.ReadAllBytes(Folder["made"]);
    }
}
