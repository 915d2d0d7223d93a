using System.Globalization;
using BrewClip.Core.Checkpoints;

namespace BrewClip.Tests.Core.Checkpoints;

public sealed class HubTransferTests
{
    private const string Weights = "model.safetensors";

    [Fact]
    public async Task A_connection_that_drops_in_mid_file_is_taken_up_where_it_stopped()
    {
        using var hub = new MockHub();
        hub.Intercept = r => IsGet(r) ? hub.Answer(r) with { CutAfter = 30_000 } : null;
        AssertWhole(hub, await hub.ResolveAsync());
        long?[] starts = [.. hub.Server.Requests.Where(IsGet).Select(r => r.RangeStart)];
        Assert.True(starts.Length >= 6, $"{starts.Length} transfers");
        Assert.Null(starts[0]);
        Assert.Equal(starts.Skip(1).Order(), starts.Skip(1));
    }

    [Fact]
    public async Task What_an_earlier_run_left_is_taken_up()
    {
        using var hub = new MockHub();
        Leave(hub, hub.Files[Weights][..70_000]);
        AssertWhole(hub, await hub.ResolveAsync());
        Assert.Equal([70_000L], hub.Server.Requests.Where(IsGet).Select(r => r.RangeStart));
    }

    [Fact]
    public async Task A_whole_but_unchecked_rest_is_checked_without_a_transfer()
    {
        using var hub = new MockHub();
        Leave(hub, hub.Files[Weights]);
        AssertWhole(hub, await hub.ResolveAsync());
        Assert.Equal(0, hub.Gets(Weights));
    }

    [Fact]
    public async Task A_wrong_rest_of_an_earlier_run_is_fetched_anew()
    {
        foreach (int length in new[] { 1000, 70_000, 1_000_000 })
        {
            using var hub = new MockHub();
            Leave(hub, new byte[length]);
            AssertWhole(hub, await hub.ResolveAsync());
        }
    }

    [Fact]
    public async Task A_server_that_ignores_ranges_still_gives_the_whole_file()
    {
        using var hub = new MockHub();
        Leave(hub, hub.Files[Weights][..70_000]);
        hub.Intercept = r =>
            IsGet(r) ? hub.Content(r with { Headers = new Dictionary<string, string>() }, hub.Files[Weights], Weights) : null;
        AssertWhole(hub, await hub.ResolveAsync());
        Assert.Equal(1, hub.Gets(Weights));
    }

    [Fact]
    public async Task A_server_that_sends_another_part_than_asked_is_asked_anew()
    {
        using var hub = new MockHub();
        Leave(hub, hub.Files[Weights][..70_000]);
        hub.Intercept = r => IsGet(r) && r.RangeStart is not null
            ? new HubAnswer(206) { Headers = { ["Content-Range"] = "bytes 5-9/200144" }, Body = new byte[5] }
            : null;
        AssertWhole(hub, await hub.ResolveAsync());
    }

    [Fact]
    public async Task A_wrong_checksum_is_refused_and_nothing_of_it_kept()
    {
        using var hub = new MockHub();
        byte[] damaged = [.. hub.Files[Weights]];
        damaged[^1] ^= 1;
        hub.Intercept = r => IsGet(r) ? hub.Content(r, damaged, Weights) : null;
        var exception = await Assert.ThrowsAsync<HubException>(() => hub.ResolveAsync());
        Assert.Contains(Weights, exception.Message, StringComparison.Ordinal);
        Assert.Contains("checksum", exception.Message, StringComparison.Ordinal);
        AssertAbsent(hub);
        Assert.False(File.Exists(hub.Blob(Weights) + ".incomplete"));
        hub.Intercept = null;
        AssertWhole(hub, await hub.ResolveAsync());
    }

    [Fact]
    public async Task A_small_files_checksum_is_checked_too()
    {
        using var hub = new MockHub();
        hub.Intercept = r => r.Method == "GET" && r.Path.EndsWith("/config.json", StringComparison.Ordinal)
            ? new HubAnswer(200) { Body = new byte[hub.Files["config.json"].Length] }
            : null;
        Assert.Contains("checksum", (await Assert.ThrowsAsync<HubException>(() => hub.ResolveAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_truncated_file_is_never_taken_for_whole()
    {
        using var hub = new MockHub();
        hub.Options = hub.Options with { MaxRetries = 2 };
        hub.Intercept = r => IsGet(r) ? new HubAnswer(200) { Body = hub.Files[Weights][..50_000] } : null;
        Assert.Contains(
            "50000 of 200", (await Assert.ThrowsAsync<HubException>(() => hub.ResolveAsync())).Message, StringComparison.Ordinal);
        AssertAbsent(hub);
    }

    [Fact]
    public async Task A_file_longer_than_announced_is_refused()
    {
        using var hub = new MockHub();
        hub.Intercept = r => IsGet(r) ? new HubAnswer(200) { Body = [.. hub.Files[Weights], 1] } : null;
        Assert.Contains("longer", (await Assert.ThrowsAsync<HubException>(() => hub.ResolveAsync())).Message, StringComparison.Ordinal);
        AssertAbsent(hub);
    }

    [Fact]
    public async Task A_transfer_that_stands_still_is_taken_up_anew()
    {
        using var hub = new MockHub();
        int gets = 0;
        hub.Options = hub.Options with { StallTimeout = TimeSpan.FromMilliseconds(300) };
        hub.Intercept = r => IsGet(r) && Interlocked.Increment(ref gets) == 1
            ? hub.Answer(r) with { CutAfter = 60_000, Pause = TimeSpan.FromSeconds(20) }
            : null;
        AssertWhole(hub, await hub.ResolveAsync());
        Assert.Equal(60_000, hub.Server.Requests.Last(IsGet).RangeStart);
    }

    [Fact]
    public async Task A_server_that_never_answers_is_given_up()
    {
        using var hub = new MockHub();
        hub.Options = hub.Options with { ResponseTimeout = TimeSpan.FromMilliseconds(150), MaxRetries = 1 };
        using var gate = new ManualResetEventSlim();
        hub.Intercept = _ => { gate.Wait(2000); return null; };
        Assert.Contains(
            "did not answer", (await Assert.ThrowsAsync<HubException>(() => hub.ResolveAsync())).Message, StringComparison.Ordinal);
        gate.Set();
    }

    [Fact]
    public async Task Cancelling_keeps_what_arrived_for_the_next_time()
    {
        using var hub = new MockHub();
        using var source = new CancellationTokenSource();
        hub.Intercept = r => IsGet(r) ? hub.Answer(r) with { CutAfter = 60_000, Pause = TimeSpan.FromSeconds(20) } : null;
        var progress = new Watcher(p => { if (p.File == Weights && p.BytesDone >= 60_000) { source.Cancel(); } });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => hub.ResolveAsync(progress: progress, cancellationToken: source.Token));
        AssertAbsent(hub);
        hub.Intercept = null;
        AssertWhole(hub, await hub.ResolveAsync());
        Assert.Equal(60_000, hub.Server.Requests.Last(IsGet).RangeStart);
    }

    [Fact]
    public async Task A_file_that_does_not_fit_the_disk_is_refused_before_it_is_fetched()
    {
        using var hub = new MockHub();
        hub.Intercept = r => r.Method == "HEAD" && r.Path.EndsWith(Weights, StringComparison.Ordinal)
            ? Redirect("http://127.0.0.1:9/large", new('a', 64), 1L << 60)
            : null;
        var exception = await Assert.ThrowsAsync<HubException>(() => hub.ResolveAsync());
        Assert.Contains((1L << 60).ToString(CultureInfo.InvariantCulture), exception.Message, StringComparison.Ordinal);
        Assert.Contains("HF_HUB_CACHE", exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, hub.Gets(Weights));
    }

    [Fact]
    public async Task Many_at_once_fetch_each_file_once()
    {
        using var hub = new MockHub();
        string[] snapshots = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => hub.ResolveAsync())));
        Assert.Single(snapshots.Distinct());
        AssertWhole(hub, snapshots[0]);
        Assert.Equal(1, hub.Gets(Weights));
    }

    [Fact]
    public async Task A_lock_that_another_holds_is_waited_for()
    {
        using var hub = new MockHub();
        string path = Path.Combine(hub.Options.CacheFolder, ".locks", "models--org--name", hub.Tag(Weights) + ".lock");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Task<string> resolving;
        using (new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            resolving = hub.ResolveAsync();
            await Task.Delay(400);
            Assert.False(resolving.IsCompleted);
            Assert.Equal(0, hub.Gets(Weights));
            using var impatient = new CancellationTokenSource(200);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hub.ResolveAsync(cancellationToken: impatient.Token));
        }

        AssertWhole(hub, await resolving);
    }

    internal static HubAnswer Redirect(string location, string etag, long size) => new(302)
    {
        Headers =
        {
            ["Location"] = location,
            ["X-Linked-Etag"] = $"\"{etag}\"",
            ["X-Linked-Size"] = size.ToString(CultureInfo.InvariantCulture),
            ["X-Repo-Commit"] = MockHub.Commit,
        },
    };

    private static bool IsGet(HubRequest request) =>
        request.Method == "GET" && request.Path.EndsWith("/" + Weights, StringComparison.Ordinal);

    private static void Leave(MockHub hub, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(hub.Blob(Weights))!);
        File.WriteAllBytes(hub.Blob(Weights) + ".incomplete", bytes);
    }

    private static void AssertWhole(MockHub hub, string snapshot) =>
        Assert.Equal(hub.Files[Weights], File.ReadAllBytes(Path.Combine(snapshot, Weights)));

    private static void AssertAbsent(MockHub hub)
    {
        Assert.False(File.Exists(hub.Blob(Weights)));
        Assert.False(File.Exists(Path.Combine(hub.Root, "snapshots", MockHub.Commit, Weights)));
        Assert.False(File.Exists(Path.Combine(hub.Root, "refs", "main")));
    }

    private sealed class Watcher(Action<HubProgress> watch) : IProgress<HubProgress>
    {
        public void Report(HubProgress value) => watch(value);
    }
}
