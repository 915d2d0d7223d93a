using BrewClip.Core.Images;
using BrewClip.Core.Retrieval.Indexing;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Core.Retrieval.Indexing;

public sealed class ImageIndexerTests : IDisposable
{
    private readonly IndexingFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_image_at_every_depth_is_found_by_its_own_vector()
    {
        _folder.PaintMany(10);
        string named = _folder.Paint("Überraschung mit Leerzeichen/写真 (1).PNG", 99);

        var report = await _folder.RunAsync();

        Assert.Equal((11, 11, 0), (report.Count, report.Encoded, report.Unreadable.Count));
        using var index = ImageIndexFolder.Open(_folder.Index());
        foreach (string path in new[] { named, _folder.Image("0/003.png") })
        {
            var hit = index.Search(IndexingFolder.Vector(RgbImage.Load(path)), 1)[0];
            Assert.Equal(path, hit.Id);
            Assert.Equal(1, hit.Score, 1e-5);
        }
    }

    [Fact]
    public async Task A_second_run_encodes_nothing_and_leaves_the_file_as_it_is()
    {
        _folder.PaintMany(6);
        await _folder.RunAsync();
        var written = File.GetLastWriteTimeUtc(_folder.File("index", ImageIndexFolder.IndexName));

        var report = await _folder.RunAsync();

        Assert.Equal((0, 6, 6), (report.Encoded, report.Unchanged, report.Count));
        Assert.Equal(written, File.GetLastWriteTimeUtc(_folder.File("index", ImageIndexFolder.IndexName)));
        Assert.False(File.Exists(_folder.File("index", ImageIndexFolder.JournalName)));
    }

    [Fact]
    public async Task New_and_changed_images_are_encoded_touched_ones_are_not_and_gone_ones_leave()
    {
        _folder.PaintMany(6);
        await _folder.RunAsync();
        _folder.Paint("new.png", 50);
        string changed = _folder.Paint("0/000.png", 60);
        File.SetLastWriteTimeUtc(_folder.Image("1/001.png"), new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc));
        File.Delete(_folder.Image("2/002.png"));

        var report = await _folder.RunAsync();

        Assert.Equal((2, 4, 1, 6), (report.Encoded, report.Unchanged, report.Removed, report.Count));
        using (var index = ImageIndexFolder.Open(_folder.Index()))
        {
            Assert.False(index.Contains(_folder.Image("2/002.png")));
            Assert.Equal(changed, index.Search(IndexingFolder.Vector(RgbImage.Load(changed)), 1)[0].Id);
        }

        Assert.Equal(6, (await _folder.RunAsync()).Unchanged);
        Assert.Equal(8, _folder.Encoded);
    }

    [Fact]
    public async Task A_change_that_keeps_size_and_time_is_seen_when_content_is_compared()
    {
        string path = _folder.Paint("a.png", 1);
        _folder.Paint("b.png", 2);
        await _folder.RunAsync();
        var time = File.GetLastWriteTimeUtc(path);
        long size = new FileInfo(path).Length;
        int seed = 3;
        do
        {
            _folder.Paint("a.png", seed++);
        }
        while (new FileInfo(path).Length != size);
        File.SetLastWriteTimeUtc(path, time);

        Assert.Equal(0, (await _folder.RunAsync()).Encoded);
        Assert.Equal(1, (await _folder.RunAsync(options: new ImageIndexerOptions { CompareContent = true })).Encoded);
    }

    [Fact]
    public async Task Images_from_other_folders_stay_in_the_index()
    {
        string first = _folder.Paint("first/a.png", 1), second = _folder.Paint("second/b.png", 2);
        var indexer = new ImageIndexer(_folder.Encoder());
        await indexer.IndexAsync([_folder.Image("first")], _folder.Index());
        await indexer.IndexAsync([second], _folder.Index());

        using var index = ImageIndexFolder.Open(_folder.Index());
        Assert.Equal([first, second], index.Ids);
    }

    [Fact]
    public async Task What_cannot_be_read_is_listed_and_leaves_the_index_but_stops_nothing()
    {
        _folder.PaintMany(5);
        await _folder.RunAsync();
        File.WriteAllText(_folder.Image("0/000.png"), "no image");
        File.WriteAllBytes(_folder.Image("empty.jpg"), []);
        Directory.CreateDirectory(_folder.Image("folder.png"));
        _folder.Paint("new.png", 9);

        var report = await _folder.RunAsync();

        Assert.Equal((1, 1, 5), (report.Encoded, report.Removed, report.Count));
        Assert.Equal([_folder.Image("0/000.png"), _folder.Image("empty.jpg")], report.Unreadable.Select(image => image.Path));
        Assert.All(report.Unreadable, image => Assert.Contains(image.Path, image.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pipe_among_the_images_is_listed_and_never_opened()
    {
        _folder.PaintMany(3);
        if (NamedPipe.Create(_folder.Image("pipe.jpg")) is not { } pipe)
        {
            return;
        }

        File.CreateSymbolicLink(_folder.Image("to the pipe.png"), pipe);

        var report = await _folder.RunAsync().WaitAsync(NamedPipe.Patience);

        Assert.Equal((3, 3), (report.Count, report.Encoded));
        Assert.Equal([pipe, _folder.Image("to the pipe.png")], report.Unreadable.Select(image => image.Path));
        Assert.All(report.Unreadable, image => Assert.Contains("pipe or device", image.Reason, StringComparison.Ordinal));
        Assert.Equal(3, (await _folder.RunAsync().WaitAsync(NamedPipe.Patience)).Unchanged);
    }

    [Fact]
    public async Task A_link_to_an_image_is_indexed_and_followed_when_the_image_changes()
    {
        using var elsewhere = new IndexingFolder();
        string target = elsewhere.Paint("a.png", 1), link = _folder.Image("link.png");
        Directory.CreateDirectory(_folder.Images);
        File.CreateSymbolicLink(link, target);
        File.CreateSymbolicLink(_folder.Image("to nothing.png"), target + " is gone");

        var first = await _folder.RunAsync();
        var second = await _folder.RunAsync();
        elsewhere.Paint("a.png", 2);
        File.SetLastWriteTimeUtc(target, new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc));
        var third = await _folder.RunAsync();

        Assert.Equal((1, 1, 0, 1), (first.Count, first.Encoded, second.Encoded, third.Encoded));
        Assert.Equal(_folder.Image("to nothing.png"), Assert.Single(third.Unreadable).Path);
        using var index = ImageIndexFolder.Open(_folder.Index());
        Assert.Equal(1, index.Search(IndexingFolder.Vector(RgbImage.Load(target)), 1)[0].Score, 1e-5);
    }

    [Fact]
    public async Task An_embedding_of_zeros_is_listed_as_unreadable()
    {
        _folder.PaintMany(3);
        var encoder = _folder.Encoder() with
        {
            Encode = (images, _) => [.. images.Select((_, i) => (ReadOnlyMemory<float>)(i == 1 ? new float[8] : [1, 2, 3, 4, 5, 6, 7, 8]))],
        };

        var report = await new ImageIndexer(encoder).IndexAsync([_folder.Images], _folder.Index());

        Assert.Equal((2, 1), (report.Count, report.Unreadable.Count));
    }

    [Fact]
    public async Task An_image_that_is_replaced_while_others_are_encoded_is_encoded_again_next_time()
    {
        _folder.PaintMany(40);
        bool replaced = false;
        _folder.BeforeBatch = () =>
        {
            if (!replaced)
            {
                replaced = true;
                _folder.Paint("0/000.png", 777);
            }
        };
        await _folder.RunAsync();

        var report = await _folder.RunAsync();

        Assert.Equal(1, report.Encoded);
        using var index = ImageIndexFolder.Open(_folder.Index());
        Assert.Equal(_folder.Image("0/000.png"), index.Search(IndexingFolder.Vector(RgbImage.Load(_folder.Image("0/000.png"))), 1)[0].Id);
    }

    [Fact]
    public async Task Folders_without_images_and_places_that_do_not_exist_are_refused_by_name()
    {
        Directory.CreateDirectory(_folder.Images);
        var empty = await Assert.ThrowsAsync<InvalidDataException>(() => _folder.RunAsync());
        Assert.Contains($"no images in '{_folder.Images}'", empty.Message, StringComparison.Ordinal);

        var missing = await Assert.ThrowsAsync<FileNotFoundException>(
            () => new ImageIndexer(_folder.Encoder()).IndexAsync(["nowhere at all"], _folder.Index()));
        Assert.Contains("'nowhere at all'", missing.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.Index()));
    }

    [Fact]
    public async Task Another_models_index_is_refused_with_both_named_until_a_rebuild_is_asked_for()
    {
        _folder.PaintMany(3);
        await new ImageIndexer(_folder.Encoder("one", "aa11")).IndexAsync([_folder.Images], _folder.Index());
        var other = _folder.Encoder("two", "bb22");

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => new ImageIndexer(other).IndexAsync([_folder.Images], _folder.Index()));
        Assert.Contains("'one [aa11]'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("'two [bb22]'", refused.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => ImageIndexFolder.Open(_folder.Index(), other.Model));
        ImageIndexFolder.Open(_folder.Index(), new ModelIdentity("the same elsewhere", "AA11")).Dispose();

        var report = await new ImageIndexer(other, new ImageIndexerOptions { Rebuild = true }).IndexAsync(
            [_folder.Images], _folder.Index());
        Assert.Equal(3, report.Encoded);
        ImageIndexFolder.Open(_folder.Index(), other.Model).Dispose();
    }

    [Fact]
    public async Task A_journal_of_another_width_under_the_same_fingerprint_is_damage_and_no_image_is_blamed_for_it()
    {
        _folder.PaintMany(2);
        Directory.CreateDirectory(_folder.Index());
        string journal = _folder.File("index", ImageIndexFolder.JournalName);
        using (var other = IndexJournal.Open(journal, 16, "elsewhere [aa11]"))
        {
            other.Append([new JournalItem(_folder.Image("0/000.png"), "{}", new float[16])]);
        }

        var error = await Assert.ThrowsAsync<InvalidDataException>(
            () => new ImageIndexer(_folder.Encoder("one", "aa11")).IndexAsync([_folder.Images], _folder.Index()));
        Assert.Contains("16 dimensions", error.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(journal));
        Assert.Throws<InvalidDataException>(() =>
        {
            File.Delete(journal);
            IndexJournal.Open(journal, int.MaxValue, "one [aa11]").Dispose();
        });
    }

    [Fact]
    public async Task A_second_run_in_the_same_folder_is_refused_and_the_first_loses_nothing()
    {
        _folder.PaintMany(9);
        Exception? second = null;
        _folder.BeforeBatch = () => second ??= Record.Exception(() => _folder.RunAsync().GetAwaiter().GetResult());

        var report = await _folder.RunAsync();

        Assert.Equal(9, report.Count);
        Assert.Contains("another run", Assert.IsType<IOException>(second).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Progress_ends_at_all_images_to_be_looked_at()
    {
        _folder.PaintMany(9);
        File.WriteAllText(_folder.Image("bad.png"), "no image");
        var steps = new List<ImageIndexProgress>();

        await _folder.RunAsync(progress: new Steps(steps));

        Assert.Equal(new ImageIndexProgress(0, 10, 0), steps[0]);
        Assert.Equal(new ImageIndexProgress(10, 10, 1), steps[^1]);
        Assert.Equal(steps.OrderBy(step => step.Done), steps);
    }

    private sealed class Steps(List<ImageIndexProgress> steps) : IProgress<ImageIndexProgress>
    {
        public void Report(ImageIndexProgress value) => steps.Add(value);
    }
}
