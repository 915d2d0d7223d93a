using System.Text.Json;
using BrewClip.Data;
using BrewClip.Models.Brew;
using BrewClip.Tests.Cli;
using BrewClip.Tests.Data;
using BrewClip.Training.Logging;
using BrewClip.Training.Recipes;

namespace BrewClip.Tests.Training.Recipes;

[Collection(CommandLineCollection.Name)]
public sealed class RecipeTrainerTests(ToyExperiment toy) : IClassFixture<ToyExperiment>
{
    [Theory]
    [InlineData(BrewClipVariant.Full, "model.vision_prompts=true")]
    [InlineData(BrewClipVariant.AcousticOnly, "model.vision_prompts=false")]
    [InlineData(BrewClipVariant.AcousticOnly, "model.acoustic_layer_mix=true")]
    public async Task A_run_that_was_cancelled_and_gone_on_with_ends_as_an_undisturbed_one_bit_for_bit(
        BrewClipVariant variant, string setting)
    {
        var recipe = Recipe(
            [$"model.variant={variant switch { BrewClipVariant.Full => "full", _ => "acoustic_only" }}", setting, "training.steps=4"]);
        string peace = toy["peace", $"{variant} {setting}"], stopped = toy["stopped", $"{variant} {setting}"];
        var undisturbed = await TrainAsync(recipe, peace);
        Assert.Equal(StopReason.Finished, undisturbed.Outcome.Reason);
        using (var cancellation = new CancellationTokenSource())
        {
            var first = await TrainAsync(recipe, stopped, false, cancellation.Token, new CancelAfter(cancellation, 2));
            Assert.Equal((StopReason.Cancelled, 2), (first.Outcome.Reason, first.Outcome.Step));
            Assert.Null(RecipeRun.Load(stopped)!.FinishedSteps);
        }

        var second = await TrainAsync(recipe, stopped, resume: true);
        Assert.Equal((StopReason.Finished, 4), (second.Outcome.Reason, second.Outcome.Step));
        Assert.Equal(4, RecipeRun.Load(stopped)!.FinishedSteps);
        foreach (string file in new[] { "best", "last" }.Select(model => Path.Combine(model, "model.safetensors")))
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(peace, file)), File.ReadAllBytes(Path.Combine(stopped, file)));
        }
    }

    [Fact]
    public async Task The_runs_model_loads_as_any_and_embeds_as_its_training_did()
    {
        var recipe = Recipe(["model.mask_padding=true", "model.acoustic_layer_mix=true"]);
        var result = await TrainAsync(recipe, toy["loads"]);
        using var model = BrewClipModel.Load(result.ModelFolder);
        Assert.Equal(Path.Combine(toy["loads"], "best"), result.ModelFolder);
        Assert.Empty(recipe.Model.DifferencesTo(model.Config));
        Assert.Equal(Path.GetFullPath(toy["model", "clip"]), model.Backbone.ClipFolder);

        // The best development recall, found again by the way that users take.
        var again = RecipeEvaluation.Run(recipe with { TestSplit = DatasetSplit.Development }, model, _ => Open("flickr8k"))[0].Result;
        Assert.Equal(result.Outcome.Best!.Value, again.Recalls.Average(recall => recall.Mean), 1e-9);
    }

    [Fact]
    public async Task What_cannot_be_used_is_left_out_counted_and_named_and_training_goes_on()
    {
        using var own = new ToyExperiment();
        string flickr = own["data", "flickr8k"], waves = Path.Combine(flickr, "flickr_audio", "wavs");
        File.Delete(Path.Combine(waves, "10_a_0.wav"));
        File.WriteAllText(Path.Combine(waves, "10_a_1.wav"), "no sound");
        File.WriteAllText(Path.Combine(waves, "10_a_2.wav"), "");
        File.WriteAllBytes(Path.Combine(waves, "20_b_3.wav"), File.ReadAllBytes(Path.Combine(waves, "10_a_3.wav"))[..44]);
        File.WriteAllText(Path.Combine(waves, "30_c_0.wav"), "no sound");
        TinyMedia.Text(Path.Combine(flickr, "Flickr_8k.trainImages.txt"), "10_a.jpg", "20_b.jpg", "10_a.jpg", "ghost.jpg");
        string tokens = Path.Combine(flickr, "Flickr8k.token.txt");
        File.WriteAllText(
            tokens, File.ReadAllText(tokens).Replace("20_b.jpg#0\ta brown dog runs 0 .", "20_b.jpg#0\t", StringComparison.Ordinal));

        var recipe = RecipeFile.Expect<RetrievalRecipe>(RecipeLibrary.Load("table1-flickr8k-full", [.. own.Settings, "training.steps=8"]));
        string log = own["run", "train.jsonl"];
        using var lines = new JsonLinesLog(log);
        var result = await new RecipeTrainer(recipe, new RecipeTrainerOptions { Folder = own["run"], Cache = own["caches"] }, lines)
            .RunAsync(SpeechDatasets.Open("flickr8k", flickr));

        Assert.Equal((StopReason.Finished, 8), (result.Outcome.Reason, result.Outcome.Step));
        string[] named = ["10_a_0", "10_a_1", "10_a_2", "20_b_3", "30_c_0", "'10_a.jpg' occurs twice", "'ghost.jpg' has no caption"];
        Assert.Equal(named.Length, result.LeftOut.Count);
        Assert.All(named, name => Assert.Single(result.LeftOut, reason => reason.Contains(name, StringComparison.Ordinal)));
        Assert.Equal(result.LeftOut, RecipeRun.Load(own["run"])!.LeftOut);
        Assert.DoesNotContain(result.LeftOut, reason => reason.Contains("holds no frames", StringComparison.Ordinal));
        var evaluation = File.ReadLines(log).Select(line => JsonDocument.Parse(line).RootElement).Last(
            line => line.GetProperty("event").GetString() == "evaluation");
        Assert.Equal(1, evaluation.GetProperty("results").GetProperty("left_out").GetDouble());
    }

    [Fact]
    public async Task A_split_of_which_nothing_can_be_heard_is_refused_with_the_first_reason()
    {
        using var own = new ToyExperiment();
        string flickr = own["data", "flickr8k"];
        foreach (string wave in Directory.GetFiles(Path.Combine(flickr, "flickr_audio", "wavs"), "30_c*").Concat(
            Directory.GetFiles(Path.Combine(flickr, "flickr_audio", "wavs"), "40_d*")))
        {
            File.WriteAllText(wave, "no sound");
        }

        var recipe = RecipeFile.Expect<RetrievalRecipe>(RecipeLibrary.Load("table1-flickr8k-full", own.Settings));
        var error = await Assert.ThrowsAsync<InvalidDataException>(() =>
            new RecipeTrainer(recipe, new RecipeTrainerOptions { Folder = own["run"], Cache = own["caches"] }).RunAsync(
                SpeechDatasets.Open("flickr8k", flickr)));
        Assert.StartsWith("None of 8 held-out utterances could be loaded; '30_c_0'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_doubled_ids_the_first_counts()
    {
        using var own = new ToyExperiment();
        string table = own["data", "spokencoco", "SpokenCOCO", "SpokenCOCO_ksplit_train.json"];
        File.WriteAllText(table, File.ReadAllText(table).Replace("\"uttid\":\"m1-1_1\"", "\"uttid\":\"m1-1_0\"", StringComparison.Ordinal));
        var data = RecipeData.Read(SpeechDatasets.Open("spokencoco", own["data", "spokencoco"]), DatasetSplit.Train);
        Assert.Equal(5, data.Captions.Count);
        Assert.Contains("'m1-1_0' occurs twice", Assert.Single(data.Problems), StringComparison.Ordinal);
        Assert.Equal(
            2,
            RecipeData.Read(
                SpeechDatasets.Open("spokencoco", own["data", "spokencoco"]), DatasetSplit.Test, captionsPerImage: 1,
                utterances: 2).Captions.Count);
        Assert.Throws<InvalidDataException>(
            () => RecipeData.Read(SpeechDatasets.Open("ravdess", own["data", "ravdess"]), DatasetSplit.Train));
    }

    private RetrievalRecipe Recipe(string[] settings) =>
        RecipeFile.Expect<RetrievalRecipe>(RecipeLibrary.Load("table1-flickr8k-full", [.. toy.Settings, .. settings]));

    private ISpeechDataset<Utterance> Open(string name) => SpeechDatasets.Open(name, toy["data", name]);

    private Task<RecipeTrainingResult> TrainAsync(
        RetrievalRecipe recipe, string folder, bool resume = false, CancellationToken cancellation = default,
        params ITrainingObserver[] observers) =>
        new RecipeTrainer(recipe, new RecipeTrainerOptions { Folder = folder, Cache = toy["caches"], Resume = resume }, observers).RunAsync(
            Open("flickr8k"), cancellation);

    private sealed class CancelAfter(CancellationTokenSource cancellation, long step) : ITrainingObserver
    {
        public void Stepped(StepReport report)
        {
            if (report.Step == step)
            {
                cancellation.Cancel();
            }
        }
    }
}
