using System.Globalization;
using BrewClip.Core.Audio;
using BrewClip.Data;
using BrewClip.Data.LittleWorld;
using BrewClip.Data.Manifests;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Data.LittleWorld;

public sealed class LittleWorldDemoSetTests
{
    private static readonly LittleWorldOptions _options = new() { Images = 1500, Seed = 5, ImageSize = 16 };

    [Fact]
    public async Task The_demo_set_holds_pictures_and_queries_that_no_training_sees()
    {
        using var folder = new TemporaryFolder();
        await new LittleWorldDemoSet(new ToneSynthesizer()).WriteAsync(folder.Path, _options);
        var queries = new ManifestDataset(folder["queries.jsonl"]).Read(DatasetSplit.Test).ToList();
        var plan = CorpusPlan.Make(_options).ToDictionary(image => Path.GetFileNameWithoutExtension(image.FileName));
        string[] images = [.. Directory.GetFiles(folder["images"]).Select(Path.GetFileNameWithoutExtension).OfType<string>()];

        Assert.Equal((60, 40), (images.Length, queries.Count));
        Assert.Equal(40, queries.Select(query => query.ImageId).Distinct().Count());
        Assert.All(images, image => Assert.Equal(DatasetSplit.Test, plan[image].Split));
        Assert.All(queries, query => Assert.True(File.Exists(query.ImagePath)));
        Assert.All(queries, query => Assert.NotEmpty(AudioClip.Load(query.AudioPath!).Samples.ToArray()));
        var strangers = Speaker.Of(DatasetSplit.Test).Select(speaker => speaker.Id.ToString(CultureInfo.InvariantCulture)).ToHashSet();
        Assert.All(queries, query => Assert.Contains(query.Speaker!, strangers));
    }

    [Fact]
    public async Task Eight_pairs_of_pictures_differ_in_mood_alone()
    {
        using var folder = new TemporaryFolder();
        await new LittleWorldDemoSet(new ToneSynthesizer()).WriteAsync(folder.Path, _options);
        var plan = CorpusPlan.Make(_options).ToDictionary(image => Path.GetFileNameWithoutExtension(image.FileName));
        var byScene = new ManifestDataset(folder["queries.jsonl"]).Read()
            .GroupBy(query => plan[query.ImageId].Scene.WithoutMood()).Where(group => group.Count() > 1).ToList();

        Assert.Equal(8, byScene.Count);
        Assert.All(byScene, pair => Assert.Equal(2, pair.Select(query => query.Extra["mood"]).Distinct().Count()));
        Assert.All(byScene, pair => Assert.Equal(
            pair.Select(query => query.ImageId).Order(), pair.Select(query => query.Extra[LittleWorldDemoSet.Twin]).Order()));
    }

    [Fact]
    public async Task A_test_split_that_is_too_small_is_refused()
    {
        using var folder = new TemporaryFolder();
        var error = await Assert.ThrowsAsync<ArgumentException>(
            () => new LittleWorldDemoSet(new ToneSynthesizer()).WriteAsync(folder.Path, _options with { Images = 120 }));
        Assert.Contains("too small", error.Message);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }
}
