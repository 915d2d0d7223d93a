using BrewClip.Data.Caches;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Data.Caches;

public sealed class RecordFileTests
{
    [Fact]
    public void A_cache_that_was_closed_refuses_instead_of_reading_memory_that_is_gone()
    {
        using var folder = new TemporaryFolder();
        var cache = FeatureCache.Open(folder.Path, "frames", "model", "valid");
        cache.Add("key", new CachedFeatures(1, 2, [1, 2]));
        Assert.NotNull(cache.Find("key"));
        cache.Dispose();
        cache.Dispose();
        Assert.Throws<ObjectDisposedException>(() => cache.Find("key"));
        Assert.Throws<ObjectDisposedException>(() => cache.Contains("key"));
        Assert.Throws<ObjectDisposedException>(() => cache.Add("key", new CachedFeatures(1, 2, [1, 2])));
        Assert.Throws<ObjectDisposedException>(cache.Flush);
        using var again = FeatureCache.Open(folder.Path, "frames", "model", "valid");
        Assert.Equal([1f, 2f], again.Find("key")!.Values);
    }

    [Fact]
    public void What_was_added_is_read_at_once_and_after_opening_again()
    {
        using var folder = new TemporaryFolder();
        using (var cache = TranscriptCache.Open(folder.Path, "model", "greedy"))
        {
            cache.Add("a", "a dog");
            cache.AddFailure("b", "it holds 0 samples");
            Assert.Equal(new CachedTranscript("a dog", null), cache.Find("a"));
            cache.Add("a", "two dogs");
        }

        using var again = TranscriptCache.Open(folder.Path, "model", "greedy");
        Assert.Equal(2, again.Count);
        Assert.Equal("two dogs", again.Find("a")!.Text);
        Assert.Equal("it holds 0 samples", again.Find("b")!.Failure);
        Assert.Null(again.Find("c"));
    }

    [Fact]
    public void Another_model_or_option_never_reads_what_this_one_wrote()
    {
        using var folder = new TemporaryFolder();
        using var cache = TranscriptCache.Open(folder.Path, "model", "greedy");
        cache.Add("a", "a dog");
        using var otherModel = TranscriptCache.Open(folder.Path, "another", "greedy");
        using var otherOptions = TranscriptCache.Open(folder.Path, "model", "beam 5");
        Assert.Null(otherModel.Find("a"));
        Assert.Null(otherOptions.Find("a"));
    }

    [Fact]
    public void A_file_cut_anywhere_keeps_every_record_before_the_cut_and_can_be_added_to()
    {
        using var folder = new TemporaryFolder();
        var ends = new List<long>();
        string path;
        using (var cache = TranscriptCache.Open(folder.Path, "model", "greedy"))
        {
            path = Assert.Single(Directory.GetFiles(folder.Path, "*.cache"));
            ends.Add(new FileInfo(path).Length);
            for (int i = 0; i < 4; i++)
            {
                cache.Add($"{i}", new string('x', 10 * i));
                ends.Add(new FileInfo(path).Length);
            }
        }

        byte[] whole = File.ReadAllBytes(path);
        for (int length = 0; length <= whole.Length; length += 3)
        {
            File.WriteAllBytes(path, whole[..length]);
            using (var cut = TranscriptCache.Open(folder.Path, "model", "greedy"))
            {
                Assert.Equal(Math.Max(0, ends.Count(end => end <= length) - 1), cut.Count);
                cut.Add("new", "later");
            }

            using var reopened = TranscriptCache.Open(folder.Path, "model", "greedy", readOnly: true);
            Assert.Equal("later", reopened.Find("new")!.Text);
        }
    }

    [Fact]
    public void A_damaged_record_is_missing_and_never_wrong()
    {
        using var folder = new TemporaryFolder();
        using (var cache = TranscriptCache.Open(folder.Path, "model", "greedy"))
        {
            cache.Add("first", "a dog");
            cache.Add("second", "a cat");
        }

        string path = Assert.Single(Directory.GetFiles(folder.Path, "*.cache"));
        byte[] whole = File.ReadAllBytes(path);
        for (int i = 0; i < whole.Length; i++)
        {
            byte[] damaged = [.. whole];
            damaged[i] ^= 0x10;
            File.WriteAllBytes(path, damaged);
            try
            {
                using var cache = TranscriptCache.Open(folder.Path, "model", "greedy");
                Assert.True(cache.Find("first") is null or { Text: "a dog" });
                Assert.True(cache.Find("second") is null or { Text: "a cat" });
            }
            catch (InvalidDataException exception)
            {
                Assert.Contains(path, exception.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void A_second_writer_is_refused_with_a_sentence_and_a_reader_is_not()
    {
        using var folder = new TemporaryFolder();
        using var cache = TranscriptCache.Open(folder.Path, "model", "greedy");
        cache.Add("a", "a dog");
        var refused = Assert.Throws<IOException>(() => TranscriptCache.Open(folder.Path, "model", "greedy"));
        Assert.Contains("Another process writes the cache", refused.Message, StringComparison.Ordinal);
        using var reader = TranscriptCache.Open(folder.Path, "model", "greedy", readOnly: true);
        Assert.Equal("a dog", reader.Find("a")!.Text);
        Assert.Throws<InvalidOperationException>(() => reader.Add("b", "a cat"));
    }

    [Theory]
    [InlineData(FeaturePrecision.Float32, 0)]
    [InlineData(FeaturePrecision.Float16, 1e-3)]
    public void Features_come_back_in_their_precision(FeaturePrecision precision, double tolerance)
    {
        using var folder = new TemporaryFolder();
        using var cache = FeatureCache.Open(folder.Path, "frames", "model", "valid", precision);
        float[] values = [.. Enumerable.Range(0, 12).Select(i => MathF.Sin(i))];
        cache.Add("a", new CachedFeatures(4, 3, values));
        var found = cache.Find("a")!;
        Assert.Equal((4, 3), (found.Rows, found.Width));
        Assert.All(values.Zip(found.Values), pair => Assert.InRange(pair.Second, pair.First - tolerance, pair.First + tolerance));
        Assert.Throws<ArgumentException>(() => cache.Add("b", new CachedFeatures(5, 3, values)));
    }

    [Fact]
    public void A_number_beyond_float16_is_refused()
    {
        using var folder = new TemporaryFolder();
        using var cache = FeatureCache.Open(folder.Path, "frames", "model", "valid");
        Assert.Throws<InvalidDataException>(() => cache.Add("a", new CachedFeatures(1, 2, [1, 70_000])));
        Assert.Throws<InvalidDataException>(() => cache.Add("a", new CachedFeatures(1, 2, [1, float.NaN])));
        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public void A_model_is_known_by_its_content_and_not_by_its_folder()
    {
        using var folder = new TemporaryFolder();
        foreach (string name in (string[])["one", "two", "three"])
        {
            Directory.CreateDirectory(folder[name]);
            File.WriteAllText(folder[name, "config.json"], "{}");
            File.WriteAllText(folder[name, "model.safetensors"], name == "three" ? "weights!" : "weights");
        }

        Assert.Equal(ContentHash.OfModel(folder["one"]), ContentHash.OfModel(folder["two"]));
        Assert.NotEqual(ContentHash.OfModel(folder["one"]), ContentHash.OfModel(folder["three"]));
    }
}
