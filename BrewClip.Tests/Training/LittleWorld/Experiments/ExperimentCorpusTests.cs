using BrewClip.Data.LittleWorld;
using BrewClip.Tests.Data.LittleWorld;
using BrewClip.Tests.Support;
using BrewClip.Training.LittleWorld.Experiments;

namespace BrewClip.Tests.Training.LittleWorld.Experiments;

public sealed class ExperimentCorpusTests
{
    private static readonly LittleWorldOptions _options = new()
    {
        Images = 36,
        Seed = 5,
        ImageSize = 16,
        HeldOutShare = 0.25,
        TwinShare = 1,
    };

    [Fact]
    public async Task A_corpus_own_test_split_was_not_seen_in_its_training()
    {
        using var folder = await CorpusAsync(_options);
        var corpus = ExperimentCorpus.Load("own", folder.Path, [folder.Path], captionsOfEachImage: 2);
        Assert.Equal((0, 18), (corpus.LeftOut, corpus.Captions.Count));
        Assert.NotEmpty(corpus.Twins);
        Assert.All(corpus.Twins, pair => Assert.Equal(2, corpus.Captions
            .Select(caption => caption.ImageId).Distinct().Count(id => id == pair.Image || id == pair.Twin)));
    }

    [Fact]
    public async Task Scenes_that_a_larger_corpus_of_the_same_seed_trains_on_are_left_out()
    {
        using var small = await CorpusAsync(_options);
        using var large = await CorpusAsync(_options with { Images = 90 });
        var error = Assert.Throws<InvalidDataException>(() =>
            ExperimentCorpus.Load("seen", small.Path, [large.Path], captionsOfEachImage: 1));
        Assert.Contains("another seed", error.Message);
    }

    [Fact]
    public void A_folder_that_is_no_corpus_is_refused_with_what_would_be_one()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<FileNotFoundException>(() => ExperimentCorpus.Load("none", folder.Path, [], captionsOfEachImage: 1));
        Assert.Contains("scenes.jsonl': give a folder that 'brewclip littleworld generate' wrote", error.Message);
    }

    private static async Task<TemporaryFolder> CorpusAsync(LittleWorldOptions options)
    {
        var folder = new TemporaryFolder();
        await new LittleWorldGenerator(new ToneSynthesizer()).GenerateAsync(folder.Path, options);
        return folder;
    }
}
