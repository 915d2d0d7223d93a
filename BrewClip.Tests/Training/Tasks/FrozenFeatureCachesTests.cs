using BrewClip.Data.Caches;
using BrewClip.Models.Brew;
using BrewClip.Models.Loading;
using BrewClip.Tests.Support;
using BrewClip.Training.Tasks;
using static TorchSharp.torch;

namespace BrewClip.Tests.Training.Tasks;

public sealed class FrozenFeatureCachesTests
{
    [Fact]
    public void What_rounded_networks_compute_is_never_read_for_what_exact_ones_would()
    {
        using var folder = new TemporaryFolder();
        FormulaCheckpoint.Write(folder["model"], adjust: config => config with { VisionPrompts = false });
        foreach (var type in (ScalarType[])[ScalarType.Float32, ScalarType.BFloat16, ScalarType.Float32])
        {
            var options = new BrewClipLoadOptions { Networks = new ModelLoadingOptions { Type = type } };
            using var model = BrewClipModel.Load(folder["model"], options);
            using var caches = new FrozenFeatureCaches(folder["caches"], model.Network, model.Backbone, "whisper", "clip");
        }

        Assert.Equal(
            ["frames", "frames", "images", "images", "transcripts", "transcripts"],
            Directory.GetFiles(folder["caches"], "*.cache").Select(path => Path.GetFileName(path).Split('-')[0])
                .Order(StringComparer.Ordinal));

        // The caches of float32 are those of before.
        using var known = FeatureCache.Open(folder["caches"], FrameCaching.Kind, "whisper", FrameCaching.Options(validOnly: false));
        Assert.Equal(6, Directory.GetFiles(folder["caches"], "*.cache").Length);
    }

    [Fact]
    public void Recordings_of_other_data_sets_in_the_cache_are_not_taken_for_ones_own()
    {
        using var folder = new TemporaryFolder();
        var captions = ToyCorpus.Write(folder);
        using var cache = FeatureCache.Open(folder["caches"], FrameCaching.Kind, "whisper", FrameCaching.Options(validOnly: false));
        for (int i = 0; i < 10; i++)
        {
            cache.Add(ContentHash.OfText($"another {i}"), new CachedFeatures(1, 1, [i]));
        }

        cache.Add(ContentHash.OfFile(captions[0].AudioPath!), new CachedFeatures(1, 1, [0]));
        File.Delete(captions[1].AudioPath!);
        Assert.Equal(14, FrozenFeatureCaches.CountMissing([.. captions, .. captions], cache, CancellationToken.None));
    }
}
