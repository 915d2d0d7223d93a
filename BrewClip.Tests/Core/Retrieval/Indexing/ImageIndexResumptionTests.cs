using BrewClip.Core.Retrieval.Indexing;

namespace BrewClip.Tests.Core.Retrieval.Indexing;

public sealed class ImageIndexResumptionTests : IDisposable
{
    private readonly IndexingFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Stopped_ten_times_and_torn_at_random_bytes_it_ends_equal_to_one_built_in_peace(int seed)
    {
        _folder.PaintMany(60);
        File.WriteAllText(_folder.Image("bad.png"), "no image");
        await _folder.RunAsync("peace");
        var random = new Random(seed);
        for (int i = 0; i < 10; i++)
        {
            await StopAsync("torn", batches: random.Next(1, 4));
            Tear(_folder.File("torn", ImageIndexFolder.JournalName), random);
        }

        var report = await _folder.RunAsync("torn");

        Assert.Equal(60, report.Count);
        Assert.Equal(
            File.ReadAllBytes(_folder.File("peace", ImageIndexFolder.IndexName)),
            File.ReadAllBytes(_folder.File("torn", ImageIndexFolder.IndexName)));
    }

    [Fact]
    public async Task Encoded_batches_are_not_encoded_again()
    {
        _folder.PaintMany(12);
        await StopAsync("index", batches: 2);
        int before = _folder.Encoded;

        var report = await _folder.RunAsync();

        Assert.Equal((8, 4, 0, 12), (report.Resumed, report.Encoded, report.Unchanged, report.Count));
        Assert.Equal(4, _folder.Encoded - before);
    }

    [Fact]
    public async Task A_journal_that_outlived_its_index_changes_nothing()
    {
        _folder.PaintMany(8);
        await StopAsync("index", batches: 1);
        string journal = _folder.File("index", ImageIndexFolder.JournalName), index = _folder.File("index", ImageIndexFolder.IndexName);
        byte[] kept = File.ReadAllBytes(journal);
        await _folder.RunAsync();
        byte[] whole = File.ReadAllBytes(index);
        File.WriteAllBytes(journal, kept);

        var report = await _folder.RunAsync();

        Assert.Equal((0, 0, 8), (report.Resumed, report.Encoded, report.Unchanged));
        Assert.Equal(whole, File.ReadAllBytes(index));
    }

    [Fact]
    public async Task A_search_in_an_unfinished_index_says_what_to_do()
    {
        _folder.PaintMany(8);
        await StopAsync("index", batches: 1);

        var unfinished = Assert.Throws<FileNotFoundException>(() => ImageIndexFolder.Open(_folder.Index()));
        Assert.Contains("was not finished", unfinished.Message, StringComparison.Ordinal);
        Assert.Contains(
            "make one first", Assert.Throws<FileNotFoundException>(() => ImageIndexFolder.Open(_folder.Images)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ImageIndexFolder.IndexName)]
    [InlineData(ImageIndexFolder.JournalName)]
    public async Task A_damaged_file_is_said_left_alone_and_replaced_only_when_asked(string name)
    {
        _folder.PaintMany(8);
        await (name == ImageIndexFolder.IndexName ? _folder.RunAsync() : StopAsync("index", batches: 1));
        string path = _folder.File("index", name);
        byte[] damaged = File.ReadAllBytes(path);
        damaged[name == ImageIndexFolder.IndexName ? damaged.Length / 2 : 9] ^= 0x40;
        File.WriteAllBytes(path, damaged);

        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => _folder.RunAsync());
        Assert.Contains($"'{path}'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("ask for the index to be rebuilt", refused.Message, StringComparison.Ordinal);
        Assert.Equal(damaged, File.ReadAllBytes(path));

        Assert.Equal(8, (await _folder.RunAsync(options: new ImageIndexerOptions { Rebuild = true })).Encoded);
    }

    [Fact]
    public async Task Another_models_journal_is_refused()
    {
        _folder.PaintMany(8);
        await StopAsync("index", batches: 1);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => new ImageIndexer(_folder.Encoder("other")).IndexAsync([_folder.Images], _folder.Index()));
        Assert.Contains("'toy'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failing_encoder_ends_the_run_with_its_own_message_and_keeps_what_is_done()
    {
        _folder.PaintMany(200);
        int batch = 0;
        _folder.BeforeBatch = () => _ = ++batch == 3 ? throw new InvalidOperationException("The model broke.") : 0;

        Assert.Equal("The model broke.", (await Assert.ThrowsAsync<InvalidOperationException>(() => _folder.RunAsync())).Message);

        Assert.Equal(8, (await _folder.RunAsync()).Resumed);
    }

    private async Task<ImageIndexReport> StopAsync(string index, int batches)
    {
        using var stop = new CancellationTokenSource();
        int begun = 0;
        _folder.BeforeBatch = () =>
        {
            if (++begun > batches)
            {
                stop.Cancel();
                stop.Token.ThrowIfCancellationRequested();
            }
        };
        try
        {
            return await _folder.RunAsync(index, cancellation: stop.Token);
        }
        catch (OperationCanceledException)
        {
            return null!;
        }
        finally
        {
            _folder.BeforeBatch = null;
        }
    }

    // As a kill in the middle of a write leaves it: cut at any byte behind the header, or with bytes that were never written.
    private static void Tear(string journal, Random random)
    {
        if (!File.Exists(journal))
        {
            return;
        }

        using var stream = new FileStream(journal, FileMode.Open);
        const int Header = 27;
        if (random.Next(2) == 0)
        {
            stream.SetLength(random.NextInt64(Math.Max(Header, stream.Length - 600), stream.Length + 1));
        }
        else
        {
            stream.Position = stream.Length;
            stream.Write(new byte[random.Next(1, 200)]);
        }
    }
}
