using System.Text;
using BrewClip.Core.Checkpoints;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Core.Checkpoints;

public sealed class HuggingFaceHubTests
{
    [Fact]
    public async Task A_model_is_fetched_into_the_layout_that_python_uses()
    {
        using var hub = new MockHub();
        string snapshot = await hub.ResolveAsync();
        Assert.Equal(Path.Combine(hub.Root, "snapshots", MockHub.Commit), snapshot);
        Assert.Equal(MockHub.Commit, File.ReadAllText(Path.Combine(hub.Root, "refs", "main")));
        Assert.Equal(["config.json", "model.safetensors", "vocab.json"], Directory.GetFiles(snapshot).Select(Path.GetFileName).Order());
        Assert.Equal(hub.Files["model.safetensors"], File.ReadAllBytes(hub.Blob("model.safetensors")));
        Assert.Equal($"../../blobs/{hub.Tag("config.json")}", new FileInfo(Path.Combine(snapshot, "config.json")).LinkTarget);
        Assert.DoesNotContain(
            Directory.GetFiles(Path.Combine(hub.Root, "blobs")), path => path.EndsWith(".incomplete", StringComparison.Ordinal));
        using var file = SafetensorsFile.Open(snapshot);
        Assert.Equal(FormulaWeights.Uniform("mock", 50_000), file.ReadFloat32("w"));
    }

    [Fact]
    public async Task What_is_in_the_cache_is_not_fetched_again()
    {
        using var hub = new MockHub();
        await hub.ResolveAsync();
        int before = hub.Server.Requests.Count;
        await hub.ResolveAsync();
        Assert.Equal(before + 1, hub.Server.Requests.Count);
        await hub.ResolveAsync($"org/name@{MockHub.Commit}");
        Assert.Equal(before + 1, hub.Server.Requests.Count);
    }

    [Fact]
    public async Task What_python_left_without_links_is_used_too()
    {
        using var hub = new MockHub();
        string snapshot = Path.Combine(hub.Root, "snapshots", MockHub.Commit);
        Directory.CreateDirectory(snapshot);
        Directory.CreateDirectory(Path.Combine(hub.Root, "refs"));
        File.WriteAllText(Path.Combine(hub.Root, "refs", "main"), MockHub.Commit + "\n");
        File.WriteAllBytes(Path.Combine(snapshot, "config.json"), hub.Files["config.json"]);
        File.WriteAllBytes(Path.Combine(snapshot, "model.safetensors"), hub.Files["model.safetensors"]);
        hub.Options = hub.Options with { Offline = true };
        Assert.Equal(snapshot, await hub.ResolveAsync());
        Assert.Empty(hub.Server.Requests);
        hub.Options = hub.Options with { Offline = false };
        await hub.ResolveAsync();
        Assert.Equal(0, hub.Gets("model.safetensors"));
        Assert.Equal(1, hub.Gets("vocab.json"));
    }

    [Fact]
    public async Task Shards_are_fetched_after_their_index()
    {
        using var hub = new MockHub();
        byte[] weights = hub.Files["model.safetensors"];
        hub.Files.Remove("model.safetensors");
        hub.Files["model-00001-of-00001.safetensors"] = weights;
        hub.Files["model.safetensors.index.json"] = "{\"weight_map\":{\"w\":\"model-00001-of-00001.safetensors\"}}"u8.ToArray();
        using var file = SafetensorsFile.Open(await hub.ResolveAsync());
        Assert.Equal(["w"], file.Tensors.Keys);
        hub.Options = hub.Options with { Offline = true };
        string snapshot = await hub.ResolveAsync();
        File.Delete(Path.Combine(snapshot, "model-00001-of-00001.safetensors"));
        Assert.Contains("offline", (await Assert.ThrowsAsync<HubException>(() => hub.ResolveAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_branch_with_a_slash_and_additional_files_in_folders_are_kept_apart()
    {
        using var hub = new MockHub();
        hub.Files["onnx/extra notes.txt"] = "hello"u8.ToArray();
        hub.Options = hub.Options with { AdditionalFiles = ["onnx/extra notes.txt"] };
        string snapshot = await hub.ResolveAsync("org/name@refs/pr/3");
        Assert.Equal("hello", File.ReadAllText(Path.Combine(snapshot, "onnx", "extra notes.txt")));
        Assert.Equal(MockHub.Commit, File.ReadAllText(Path.Combine(hub.Root, "refs", "refs", "pr", "3")));
        Assert.Contains(hub.Server.Requests, r => r.Path == "/api/models/org/name/revision/refs/pr/3");
    }

    [Fact]
    public async Task Where_links_cannot_be_made_files_are_copied()
    {
        using var hub = new MockHub();
        hub.Options = hub.Options with { UseSymbolicLinks = false };
        string snapshot = await hub.ResolveAsync();
        Assert.Null(new FileInfo(Path.Combine(snapshot, "config.json")).LinkTarget);
        Assert.Equal(hub.Files["config.json"], File.ReadAllBytes(Path.Combine(snapshot, "config.json")));
    }

    [Fact]
    public async Task A_folder_is_returned_as_it_is()
    {
        using var hub = new MockHub();
        Assert.Equal(hub.Folder.Path, await hub.ResolveAsync(hub.Folder.Path));
        Assert.Empty(hub.Server.Requests);
    }

    [Theory]
    [InlineData("no such folder/here")]
    [InlineData("/absolute/folder")]
    [InlineData("../up")]
    [InlineData("a/b/c")]
    [InlineData("org/na--me")]
    [InlineData("org/na..me")]
    [InlineData("org/name.")]
    [InlineData("-org/name")]
    [InlineData("org/name\n")]
    [InlineData("org/name@../../up")]
    [InlineData("org/name@")]
    [InlineData("C:\\models")]
    public async Task What_is_neither_folder_nor_name_is_refused(string name)
    {
        using var hub = new MockHub();
        Assert.Contains(
            name, (await Assert.ThrowsAsync<ArgumentException>(() => hub.ResolveAsync(name))).Message, StringComparison.Ordinal);
        Assert.Empty(hub.Server.Requests);
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("a/../../evil")]
    [InlineData("/etc/passwd")]
    [InlineData("a\\..\\evil")]
    [InlineData("C:evil")]
    public async Task A_repository_that_lists_a_file_outside_itself_is_refused(string name)
    {
        using var hub = new MockHub();
        hub.Files[name] = [1];
        Assert.Contains(name, (await Assert.ThrowsAsync<HubException>(() => hub.ResolveAsync())).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(hub.Root));
    }

    [Fact]
    public async Task An_etag_that_is_a_path_is_refused()
    {
        using var hub = new MockHub();
        hub.Intercept = r => r.Method == "HEAD" ? new HubAnswer(200) { Headers = { ["ETag"] = "\"../../evil\"" } } : null;
        Assert.Contains("ETag", (await Assert.ThrowsAsync<HubException>(() => hub.ResolveAsync())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("config.json", "config.json")]
    [InlineData("model.safetensors", "converted to safetensors")]
    public async Task A_model_without_what_loading_needs_is_refused(string file, string says)
    {
        using var hub = new MockHub();
        hub.Files.Remove(file);
        Assert.Contains(says, (await Assert.ThrowsAsync<HubException>(() => hub.ResolveAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_without_weights_is_fine_where_none_are_required()
    {
        using var hub = new MockHub();
        hub.Files.Remove("model.safetensors");
        hub.Options = hub.Options with { RequireWeights = false };
        Assert.True(File.Exists(Path.Combine(await hub.ResolveAsync(), "config.json")));
    }

    [Fact]
    public async Task Offline_without_a_cache_is_said_without_a_request()
    {
        using var hub = new MockHub();
        hub.Options = hub.Options with { Offline = true };
        Assert.Contains(
            "HF_HUB_OFFLINE", (await Assert.ThrowsAsync<HubException>(() => hub.ResolveAsync())).Message, StringComparison.Ordinal);
        Assert.Empty(hub.Server.Requests);
    }

    [Fact]
    public async Task An_unreachable_hub_leaves_the_cache_in_use()
    {
        using var hub = new MockHub();
        string snapshot = await hub.ResolveAsync();
        hub.Options = hub.Options with { MaxRetries = 1 };
        hub.Server.Dispose();
        Assert.Equal(snapshot, await hub.ResolveAsync());
        var exception = await Assert.ThrowsAsync<HubException>(() => hub.ResolveAsync("org/other"));
        Assert.Contains("127.0.0.1", exception.Message, StringComparison.Ordinal);
        Assert.Null(exception.StatusCode);
    }

    [Fact]
    public async Task Progress_counts_every_file_to_its_end()
    {
        using var hub = new MockHub();
        var seen = new List<HubProgress>();
        await hub.ResolveAsync(progress: new Recorder(seen));
        var last = seen[^1];
        Assert.Equal(
            new HubProgress("model.safetensors", hub.Files["model.safetensors"].Length, hub.Files["model.safetensors"].Length, 3, 3), last);
        Assert.Equal(["config.json", "vocab.json", "model.safetensors"], seen.Select(p => p.File).Distinct());
    }

    [Fact]
    public async Task A_server_that_is_no_hub_is_recognised()
    {
        using var hub = new MockHub();
        foreach (string body in new[] { "<html>", "{}", "[]", "{\"sha\":\"../..\",\"siblings\":[]}", "{\"sha\":5}" })
        {
            hub.Intercept = _ => new HubAnswer(200) { Body = Encoding.UTF8.GetBytes(body) };
            Assert.Contains(
                "HF_ENDPOINT", (await Assert.ThrowsAsync<HubException>(() => hub.ResolveAsync())).Message, StringComparison.Ordinal);
        }
    }

    private sealed class Recorder(List<HubProgress> seen) : IProgress<HubProgress>
    {
        public void Report(HubProgress value) => seen.Add(value);
    }
}
