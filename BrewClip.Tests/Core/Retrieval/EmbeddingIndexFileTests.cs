using System.Buffers.Binary;
using BrewClip.Core.Retrieval;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Core.Retrieval;

public class EmbeddingIndexFileTests
{
    private const int Dimensions = 20;
    private static readonly float[] _query = RandomVectors.Uniform(1, Dimensions, seed: 20);

    public static TheoryData<EmbeddingStorage, bool> Forms
    {
        get
        {
            var forms = new TheoryData<EmbeddingStorage, bool>();
            foreach (EmbeddingStorage storage in Enum.GetValues<EmbeddingStorage>())
            {
                forms.Add(storage, true);
                forms.Add(storage, false);
            }

            return forms;
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_saved_index_opens_equal(EmbeddingStorage storage, bool memoryMapped)
    {
        using var folder = new TemporaryFolder();
        string path = folder["images.index"];
        using EmbeddingIndex index = Build(storage, 700, "openai/clip-vit-base-patch32");
        index.Save(path);
        using EmbeddingIndex opened = EmbeddingIndex.Open(path, memoryMapped, verify: true);
        Assert.Equal((700, Dimensions, storage, index.Model), (opened.Count, opened.Dimensions, opened.Storage, opened.Model));
        Assert.Equal(index.Ids, opened.Ids);
        Assert.Equal(index.Search(_query, 30), opened.Search(_query, 30));
        Assert.Equal(index.FindVector("item 3"), opened.FindVector("item 3"));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void An_opened_index_takes_changes_and_saves_over_its_own_file(EmbeddingStorage storage, bool memoryMapped)
    {
        using var folder = new TemporaryFolder();
        string path = folder["images.index"];
        using (EmbeddingIndex first = Build(storage, 300, null))
        {
            first.Save(path);
        }

        // Windows refuses to replace a mapped file, which Save's documentation says.
        string target = memoryMapped && OperatingSystem.IsWindows() ? folder["next.index"] : path;
        using (EmbeddingIndex index = EmbeddingIndex.Open(path, memoryMapped))
        {
            index.Add("new", _query);
            index.Remove("item 5");
            index.Replace("item 7", _query, "changed");
            Assert.Equal(["new", "item 7"], index.Search(_query, 2).Select(hit => hit.Id));
            index.Save(target);
        }

        using EmbeddingIndex again = EmbeddingIndex.Open(target, memoryMapped, verify: true);
        Assert.Equal(300, again.Count);
        Assert.False(again.Contains("item 5"));
        Assert.Equal([new SearchHit("new", again.Search(_query, 1)[0].Score, 298, null)], again.Search(_query, 1));
        Assert.Equal("changed", again.Search(_query, 2)[1].Metadata);
    }

    [Fact]
    public void An_empty_index_can_be_saved()
    {
        using var folder = new TemporaryFolder();
        using (var empty = new EmbeddingIndex(Dimensions))
        {
            empty.Save(folder["empty.index"]);
        }

        using EmbeddingIndex opened = EmbeddingIndex.Open(folder["empty.index"]);
        Assert.Empty(opened.Search(_query, 3));
        opened.Add("first", _query);
        Assert.Equal("first", opened.Search(_query, 3)[0].Id);
    }

    [Fact]
    public void A_disposed_mapped_index_says_so()
    {
        using var folder = new TemporaryFolder();
        Build(EmbeddingStorage.Float32, 10, null).Save(folder["a.index"]);
        EmbeddingIndex index = EmbeddingIndex.Open(folder["a.index"]);
        index.Dispose();
        index.Dispose();
        Assert.Throws<ObjectDisposedException>(() => index.Search(_query, 1));
        Assert.Throws<ObjectDisposedException>(() => index.Contains("item 1"));
    }

    [Fact]
    public void A_file_cut_short_while_mapped_is_refused_instead_of_ending_the_process()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // Windows does not let a mapped file be cut.
        }

        using var folder = new TemporaryFolder();
        Build(EmbeddingStorage.Float32, 500, null).Save(folder["a.index"]);
        using EmbeddingIndex index = EmbeddingIndex.Open(folder["a.index"]);
        Assert.Single(index.Search(_query, 1));
        File.WriteAllBytes(folder["a.index"], new byte[100]);
        Assert.Contains("a.index' was cut from ", Assert.Throws<InvalidDataException>(() => index.Search(_query, 1)).Message);
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains("'nowhere.index'", Assert.Throws<FileNotFoundException>(() => EmbeddingIndex.Open("nowhere.index")).Message);

    [Theory]
    [InlineData(0, "is not an embedding index: it has 0 bytes")]
    [InlineData(30, "is not an embedding index: it has 30 bytes")]
    [InlineData(64, "it has 64 bytes where its header says")]
    [InlineData(5000, "it has 5000 bytes where its header says")]
    public void A_truncated_file_is_refused_by_name(int length, string sentence)
    {
        byte[] bytes = Saved(EmbeddingStorage.Float32);
        AssertRefused(bytes[..length], sentence);
    }

    [Theory]
    [InlineData(0, 8, 0L, "is not an embedding index")]
    [InlineData(8, 4, 2L, "of version 2: this library reads version 1")]
    [InlineData(12, 4, 7L, "in storage 7")]
    [InlineData(16, 4, 0L, "vectors of 0 dimensions")]
    [InlineData(16, 4, int.MaxValue, "vectors of 2147483647 dimensions")]
    [InlineData(20, 4, -1L, "it says")]
    [InlineData(24, 8, -1L, "it says -1 vectors")]
    [InlineData(24, 8, long.MaxValue, "it says 9223372036854775807 vectors")]
    [InlineData(24, 8, 2_000_000_000L, "where its header says")]
    [InlineData(32, 8, long.MaxValue, "it says")]
    [InlineData(40, 8, long.MinValue, "it says")]
    [InlineData(48, 8, 1L, "where its header says")]
    public void A_lying_header_is_refused(int offset, int size, long value, string sentence)
    {
        byte[] bytes = Saved(EmbeddingStorage.Int8);
        byte[] number = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(number, value);
        number.AsSpan(0, size).CopyTo(bytes.AsSpan(offset));
        if (offset > 8)
        {
            AssertRefused(bytes, "its header does not match its checksum");
        }

        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(60), new Crc32C().Append(bytes.AsSpan(0, 60)).Value);
        AssertRefused(bytes, sentence);
    }

    [Fact]
    public void Texts_outside_their_section_are_refused()
    {
        byte[] bytes = Saved(EmbeddingStorage.Float32);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(64 + 8), 1L << 40);
        AssertRefused(bytes, "the text of item 0 lies outside its section");
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(64 + 8), -1);
        AssertRefused(bytes, "the text of item 0 lies outside its section");
    }

    [Fact]
    public void Damaged_content_is_found_when_verified()
    {
        byte[] bytes = Saved(EmbeddingStorage.Float32);
        bytes[^200] ^= 1;
        AssertRefused(bytes, "its content does not match its checksum", verify: true);
    }

    [Fact]
    public void The_checksum_equals_its_published_value() => Assert.Equal(0xE3069283, new Crc32C().Append("123456789"u8).Value);

    [Fact]
    public void A_save_that_fails_leaves_the_old_file_whole()
    {
        using var folder = new TemporaryFolder();
        using EmbeddingIndex index = Build(EmbeddingStorage.Float32, 5, null);
        Assert.ThrowsAny<IOException>(() => index.Save(folder["missing", "a.index"]));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_file_damaged_at_random_gives_an_index_or_a_sentence()
    {
        using var folder = new TemporaryFolder();
        byte[] original = Saved(EmbeddingStorage.Int8);
        var random = new Random(77);
        int mutations = FuzzMutations.PerFile(300);
        for (int i = 0; i < mutations; i++)
        {
            byte[] damaged = (byte[])original.Clone();
            for (int change = 0; change <= i % 4; change++)
            {
                damaged[random.Next(i % 3 == 0 ? 64 : damaged.Length)] = (byte)random.Next(256);
            }

            BinaryPrimitives.WriteUInt32LittleEndian(damaged.AsSpan(60), new Crc32C().Append(damaged.AsSpan(0, 60)).Value);
            File.WriteAllBytes(folder["x.index"], damaged);
            try
            {
                using EmbeddingIndex index = EmbeddingIndex.Open(folder["x.index"], memoryMapped: i % 2 == 0);
                Assert.True(index.Search(_query.AsSpan(0, Math.Min(Dimensions, index.Dimensions)), 5).Count <= 5);
                Assert.Equal(index.Count, index.Ids.Count);
            }
            catch (InvalidDataException refused)
            {
                Assert.Contains("x.index", refused.Message);
            }
            catch (ArgumentException) when (damaged[16] != original[16])
            {
                // The dimensions were changed to others that give the same padded length.
            }
        }
    }

    private static EmbeddingIndex Build(EmbeddingStorage storage, int count, string? model)
    {
        var index = new EmbeddingIndex(Dimensions, storage) { Model = model };
        float[] vectors = RandomVectors.Uniform(count, Dimensions, seed: 21);
        for (int i = 0; i < count; i++)
        {
            index.Add($"item {i}", vectors.AsSpan(i * Dimensions, Dimensions), i % 3 == 0 ? null : i % 3 == 1 ? "" : $"héllo {i}");
        }

        return index;
    }

    private static byte[] Saved(EmbeddingStorage storage)
    {
        using var folder = new TemporaryFolder();
        using EmbeddingIndex index = Build(storage, 100, null);
        index.Save(folder["a.index"]);
        return File.ReadAllBytes(folder["a.index"]);
    }

    private static void AssertRefused(byte[] bytes, string sentence, bool verify = false)
    {
        using var folder = new TemporaryFolder();
        string path = folder["bad.index"];
        File.WriteAllBytes(path, bytes);
        var error = Assert.Throws<InvalidDataException>(() => EmbeddingIndex.Open(path, verify: verify));
        Assert.Contains($"'{path}'", error.Message);
        Assert.Contains(sentence, error.Message);
    }
}
