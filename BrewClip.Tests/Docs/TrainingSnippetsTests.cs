using BrewClip.Core.Images;
using BrewClip.Data.Caches;
using BrewClip.Data.LittleWorld;
using BrewClip.Models.Brew;
using BrewClip.Tests.Data.LittleWorld;
using BrewClip.Tests.Support;
using BrewClip.Tests.Training;
using BrewClip.Tests.Training.Tasks;

namespace BrewClip.Tests.Docs;

[Collection(RandomStateCollection.Name)]
public sealed class TrainingSnippetsTests
{
    [Fact]
    public void The_trainer_is_built_and_stopped_as_the_documentation_has_it() => InEmptyFolder(folder =>
    {
        var options = new LittleWorldOptions { Images = 150, ImageSize = 16, HeldOutShare = 0.02 };
        new LittleWorldGenerator(new ToneSynthesizer()).GenerateAsync(folder["corpus"], options).GetAwaiter().GetResult();
        var dataset = new BrewClip.Data.Flickr8k.Flickr8kDataset(folder["corpus"]);
        var tokenizer = ToyCorpus.ClipTokenizer();
        var config = SmallModels.ClipShape(tokenizer.VocabularySize, tokenizer.EndOfText);
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        var outcome = TrainingSnippets.TrainWithTheTrainer(
            dataset, config, tokenizer, new ClipImageProcessor(new ClipImageProcessorConfig { Size = 16 }), stop.Token);
        Assert.Equal((BrewClip.Training.Logging.StopReason.Cancelled, 0L), (outcome.Reason, outcome.Step));
        Assert.True(File.Exists(folder["runs", "clip", "last.safetensors"]));
    });

    [Fact]
    public void What_frozen_networks_computed_is_read_as_the_documentation_has_it() => InEmptyFolder(folder =>
    {
        using var toy = new ToyBrewClip(folder, BrewClipVariant.Full, maskPadding: true, visionPrompts: true);
        var captions = ToyCorpus.Write(folder);
        var example = TrainingSnippets.LoadOverFrozenNetworks(
            captions, folder["whisper"], toy.Whisper, toy.Network.Config, toy.ClipTokenizer, toy.Processor,
            clips => [.. clips.Select(_ => "red")]);
        Assert.Equal((3, 19), (example.Tokens!.Length, example.Frames!.Rows));
    });

    [Fact]
    public void Published_transcripts_are_imported_as_the_documentation_has_it() => InEmptyFolder(folder =>
    {
        var captions = ToyCorpus.Write(folder);
        File.WriteAllText(folder["aud2trans_train_flickr8k.txt"], "red_0# a red dog\nred_1# all red\nnobody_0# unheard");
        Assert.Equal(
            (2, 0), (TrainingSnippets.ImportPublishedTranscripts(captions), TrainingSnippets.ImportPublishedTranscripts(captions)));
        using var published = TranscriptCache.Open("caches", "the authors' Whisper", "published", readOnly: true);
        Assert.Equal("a red dog", published.Find(ContentHash.OfFile(captions[0].AudioPath!))!.Text);
        Assert.Null(published.Find(ContentHash.OfFile(captions[2].AudioPath!)));
    });

    private static void InEmptyFolder(Action<TemporaryFolder> run)
    {
        using var folder = new TemporaryFolder();
        string before = Directory.GetCurrentDirectory();
        Directory.SetCurrentDirectory(folder.Path);
        try
        {
            run(folder);
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
        }
    }
}
