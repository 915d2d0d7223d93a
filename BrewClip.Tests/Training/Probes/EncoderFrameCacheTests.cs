using BrewClip.Tests.Support;
using BrewClip.Training.Probes;

namespace BrewClip.Tests.Training.Probes;

public sealed class EncoderFrameCacheTests
{
    private static readonly EncoderFrames _frames = new(new[] { (Half)1, (Half)2.5, (Half)(-3), (Half)4, (Half)5, (Half)6 }, Count: 3, Width: 2);

    [Fact]
    public void Frames_come_back_as_they_were_kept()
    {
        using var folder = new TemporaryFolder();
        var cache = Open(folder, "weights");
        Assert.Null(cache.Find("a"));
        cache.Add("a", _frames);
        var found = Open(folder, "weights").Find("a")!;
        Assert.Equal((3, 2), (found.Count, found.Width));
        Assert.Equal(_frames.Values.ToArray(), found.Values.ToArray());
        Assert.Equal([(Half)(-3), (Half)4], found[1].ToArray());
    }

    [Fact]
    public void Another_model_does_not_see_them()
    {
        using var folder = new TemporaryFolder();
        Open(folder, "weights").Add("a", _frames);
        Assert.Null(Open(folder, "other weights").Find("a"));
    }

    [Fact]
    public void A_damaged_file_counts_as_absent_and_is_written_anew()
    {
        using var folder = new TemporaryFolder();
        var cache = Open(folder, "weights");
        cache.Add("a", _frames);
        string file = Directory.EnumerateFiles(folder["cache"], "a.safetensors", SearchOption.AllDirectories).Single();
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..^3]);
        Assert.Null(cache.Find("a"));
        cache.Add("a", _frames);
        Assert.NotNull(cache.Find("a"));
    }

    [Fact]
    public void A_recordings_key_is_its_contents()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["one"], "sound");
        File.WriteAllText(folder["two"], "sound");
        File.WriteAllText(folder["three"], "other");
        Assert.Equal(EncoderFrameCache.KeyOf(folder["one"]), EncoderFrameCache.KeyOf(folder["two"]));
        Assert.NotEqual(EncoderFrameCache.KeyOf(folder["one"]), EncoderFrameCache.KeyOf(folder["three"]));
    }

    [Fact]
    public void A_folder_without_a_model_is_refused()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<FileNotFoundException>(() => new EncoderFrameCache(folder["cache"], folder.Path));
    }

    private static EncoderFrameCache Open(TemporaryFolder folder, string weights)
    {
        string model = Directory.CreateDirectory(folder["model"]).FullName;
        File.WriteAllText(Path.Combine(model, "config.json"), "{}");
        File.WriteAllText(Path.Combine(model, "model.safetensors"), weights);
        return new EncoderFrameCache(folder["cache"], model);
    }
}
