using BrewClip.Cli.Terminal;
using BrewClip.Core.Audio;
using BrewClip.Data.LittleWorld;
using BrewClip.Models.Brew;
using BrewClip.Tests.Data.LittleWorld;
using BrewClip.Tests.Support;
using BrewClip.Training.LittleWorld;
using BrewClip.Training.Logging;

namespace BrewClip.Tests.Training.LittleWorld;

[Collection(RandomStateCollection.Name)]
public sealed class LittleWorldTrainingTests
{
    [Fact]
    public async Task A_corpus_becomes_models_that_answer_the_demo()
    {
        using var corpus = new TemporaryFolder();
        using var run = new TemporaryFolder();
        using var demo = new TemporaryFolder();
        await new LittleWorldGenerator(new ToneSynthesizer()).GenerateAsync(
            corpus.Path, new LittleWorldOptions { Images = 150, Seed = 5, ImageSize = 16, HeldOutShare = 0.01 });
        await new LittleWorldDemoSet(new ToneSynthesizer()).WriteAsync(
            demo.Path, new LittleWorldOptions { Images = 1500, Seed = 5, ImageSize = 16 });
        var options = new LittleWorldTrainingOptions { Data = [corpus.Path], Folder = run.Path, Steps = 1 };

        var clip = new LittleWorldTraining(options).TrainClip();
        var whisper = new LittleWorldTraining(options).TrainWhisper();
        var further = new LittleWorldTraining(options with { Steps = 2 }).TrainWhisper();
        string[] recipe =
        [
            "train", "brewclip-nano", "--data", $"littleworld={corpus.Path}", "--out", run.Path, "--cache", run["elsewhere"], "--set",
            "training.steps=1", "training.warmup_steps=1",
        ];
        Assert.Equal(ExitCode.Done, await CommandRunner.RunAsync(recipe));
        Assert.Equal(ExitCode.Failed, await CommandRunner.RunAsync(recipe));
        Assert.NotEmpty(Directory.GetFiles(run["elsewhere"], "frames-*.cache"));
        Assert.False(Directory.Exists(run["caches"]));
        var brew = new LittleWorldTraining(options).TrainBrewClip(BrewClipVariant.Full);
        LittleWorldExport.All(run.Path, run["models"]);

        Assert.Equal((StopReason.Finished, 1), (clip.Reason, clip.Step));
        Assert.Equal((1, 2, 1), (whisper.Step, further.Step, brew.Step));
        using (var model = BrewClipModel.Load(run["models", "brewclip-nano"]))
        {
            var speech = model.EncodeSpeech(new AudioClip(new float[4000], 16_000));
            Assert.Equal((BrewClipVariant.Full, 128), (model.Config.Variant, speech.Vector.Length));
            Assert.False(model.Backbone.WhisperTokenizer.IsMultilingual);
        }

        string page = demo["page.html"];
        Assert.Equal(ExitCode.Done, await CommandRunner.RunAsync(["demo", "--data", demo.Path, "--models", run["models"], "--out", page]));
        string html = File.ReadAllText(page);
        Assert.Equal(40, html.Split("<audio ").Length - 1);
        Assert.Contains("pipeline, zero-shot", html);
        Assert.Contains("<td>full</td>", html);
        Assert.DoesNotContain("http", html);
    }

    [Fact]
    public void A_run_without_a_model_cannot_be_exported()
    {
        using var run = new TemporaryFolder();
        var error = Assert.Throws<FileNotFoundException>(() => LittleWorldExport.All(run.Path, run["models"]));
        Assert.Contains("no trained model", error.Message);
        Assert.False(Directory.Exists(run["models"]));
    }

    [Fact]
    public void Options_without_a_corpus_are_refused() =>
        Assert.Throws<ArgumentException>(
            () => new LittleWorldTraining(new LittleWorldTrainingOptions { Data = [], Folder = "run" }).TrainClip());
}
