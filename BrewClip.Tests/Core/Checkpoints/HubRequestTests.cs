using System.Net;
using BrewClip.Core.Checkpoints;

namespace BrewClip.Tests.Core.Checkpoints;

public sealed class HubRequestTests
{
    private const string Weights = "model.safetensors";

    [Fact]
    public async Task A_redirect_to_a_storage_host_is_followed_and_gets_no_token()
    {
        using var hub = new MockHub();
        using var storage = new HubServer(
            _ => new HubAnswer(200) { Headers = { ["ETag"] = "\"another-tag-0\"" }, Body = hub.Files[Weights] });
        hub.Options = hub.Options with { Token = "secret" };
        hub.Intercept = r => r.Path.EndsWith("/" + Weights, StringComparison.Ordinal)
            ? HubTransferTests.Redirect(storage.Endpoint + "/bucket/object?signature=x", hub.Tag(Weights), hub.Files[Weights].Length)
            : null;
        string snapshot = await hub.ResolveAsync();
        Assert.Equal(hub.Files[Weights], File.ReadAllBytes(Path.Combine(snapshot, Weights)));
        Assert.True(File.Exists(hub.Blob(Weights)));
        Assert.All(hub.Server.Requests, r => Assert.Equal("Bearer secret", r.Header("Authorization")));
        Assert.NotEmpty(storage.Requests);
        Assert.All(storage.Requests, r => Assert.Null(r.Header("Authorization")));
    }

    [Fact]
    public async Task A_renamed_model_is_found_under_its_new_name_with_the_token()
    {
        using var hub = new MockHub();
        hub.Options = hub.Options with { Token = "secret" };
        hub.Intercept = r => r.Path.Contains("old/name", StringComparison.Ordinal)
            ? new HubAnswer(307) { Headers = { ["Location"] = r.Path.Replace("old/name", "org/name", StringComparison.Ordinal) } }
            : null;
        Assert.True(File.Exists(Path.Combine(await hub.ResolveAsync("old/name"), Weights)));
        Assert.All(hub.Server.Requests, r => Assert.Equal("Bearer secret", r.Header("Authorization")));
    }

    [Fact]
    public async Task Redirects_without_end_are_given_up()
    {
        using var hub = new MockHub();
        hub.Intercept = r => new HubAnswer(302) { Headers = { ["Location"] = "/round" } };
        Assert.Contains(
            "too many redirects", (await Assert.ThrowsAsync<HubException>(() => hub.ResolveAsync())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, "RepoNotFound", "HF_TOKEN")]
    [InlineData(403, "GatedRepo", "conditions")]
    [InlineData(404, "RepoNotFound", "no model 'org/name'")]
    [InlineData(404, "RevisionNotFound", "no revision 'main'")]
    [InlineData(400, "", "400")]
    [InlineData(500, "", "500")]
    public async Task A_refusal_is_a_sentence_with_its_remedy(int status, string code, string says)
    {
        using var hub = new MockHub();
        hub.Options = hub.Options with { MaxRetries = 1 };
        hub.Intercept = _ => new HubAnswer(status) { Headers = { ["X-Error-Code"] = code } };
        var exception = await Assert.ThrowsAsync<HubException>(() => hub.ResolveAsync());
        Assert.Equal((HttpStatusCode)status, exception.StatusCode);
        Assert.Contains(says, exception.Message, StringComparison.Ordinal);
        Assert.Equal(status >= 500 ? 2 : 1, hub.Server.Requests.Count);
    }

    [Fact]
    public async Task A_refusal_for_one_file_names_it()
    {
        using var hub = new MockHub();
        hub.Intercept = r => r.Path.EndsWith(Weights, StringComparison.Ordinal) ? new HubAnswer(403) : null;
        Assert.Contains($"'{Weights}' of 'org/name'", (
            await Assert.ThrowsAsync<HubException>(() => hub.ResolveAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_busy_hub_is_asked_again_after_the_wait_it_wants()
    {
        using var hub = new MockHub();
        int answers = 0;
        hub.Options = hub.Options with { RetryDelay = TimeSpan.FromHours(1) };
        hub.Intercept = _ => Interlocked.Increment(ref answers) <= 2
            ? new HubAnswer(answers == 1 ? 429 : 503) { Headers = { ["Retry-After"] = "0" } } : null;
        Assert.True(File.Exists(Path.Combine(await hub.ResolveAsync(), Weights)));
    }

    [Fact]
    public async Task A_hub_that_wants_too_long_a_wait_is_given_up_with_its_number()
    {
        using var hub = new MockHub();
        hub.Intercept = _ => new HubAnswer(429) { Headers = { ["Retry-After"] = "3600" } };
        Assert.Contains("3600 s", (await Assert.ThrowsAsync<HubException>(() => hub.ResolveAsync())).Message, StringComparison.Ordinal);
        Assert.Single(hub.Server.Requests);
    }

    [Fact]
    public async Task A_hub_that_stays_busy_is_given_up_after_a_few_times_unless_the_cache_helps()
    {
        using var hub = new MockHub();
        string snapshot = await hub.ResolveAsync();
        int before = hub.Server.Requests.Count;
        hub.Intercept = _ => new HubAnswer(429) { Headers = { ["Retry-After"] = "0" } };
        Assert.Equal(snapshot, await hub.ResolveAsync());
        Assert.Equal(before + 6, hub.Server.Requests.Count);
        Directory.Delete(hub.Root, recursive: true);
        Assert.Contains("429", (await Assert.ThrowsAsync<HubException>(() => hub.ResolveAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_that_is_no_address_is_refused()
    {
        using var hub = new MockHub();
        hub.Options = hub.Options with { Endpoint = "hub.local" };
        Assert.Contains(
            "HF_ENDPOINT", (await Assert.ThrowsAsync<ArgumentException>(() => hub.ResolveAsync())).Message, StringComparison.Ordinal);
    }
}
