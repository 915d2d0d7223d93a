using BrewClip.Data;
using BrewClip.Data.LittleWorld;
using BrewClip.Tests.Data.LittleWorld;
using BrewClip.Tests.Support;
using BrewClip.Training.LittleWorld;

namespace BrewClip.Tests.Training.LittleWorld;

public sealed class WrittenCaptionsTests
{
    [Fact]
    public async Task Moods_are_written_beside_the_spoken_captions_and_never_into_them()
    {
        using var folder = new TemporaryFolder();
        await new LittleWorldGenerator(new ToneSynthesizer()).GenerateAsync(
            folder.Path, new LittleWorldOptions { Images = 40, Seed = 5, ImageSize = 32 });
        var scenes = SceneRecord.Read(folder.Path).ToDictionary(record => LittleWorldCaptions.ImageId(0, record.Image));
        var spoken = LittleWorldCaptions.Read([folder.Path], DatasetSplit.Train);
        var all = WrittenCaptions.WithMoods(spoken, [folder.Path]);
        Assert.Equal(spoken, all[..spoken.Count]);
        var written = all[spoken.Count..];
        Assert.Equal(spoken.Count(caption => scenes[caption.ImageId].HasFigure), written.Count);
        Assert.NotEmpty(written);
        Assert.All(written, caption =>
        {
            string word = scenes[caption.ImageId].Mood == Mood.Neutral
                ? "calm"
                : scenes[caption.ImageId].Mood.ToString().ToLowerInvariant();
            Assert.Contains($" {word} ", $" {caption.Caption} ");
            Assert.Null(caption.AudioPath);
        });
        Assert.Equal(all.Count, all.Select(caption => caption.Id).Distinct().Count());
    }
}
