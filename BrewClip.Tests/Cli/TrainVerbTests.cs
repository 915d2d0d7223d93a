using System.Text.Json;
using BrewClip.Models.Brew;
using BrewClip.Tests.Training.Recipes;

namespace BrewClip.Tests.Cli;

[Collection(CommandLineCollection.Name)]
public sealed class TrainVerbTests(ToyExperiment toy) : IClassFixture<ToyExperiment>
{
    private const string Recipe = "recipes/table1-flickr8k-prompted.json";

    [Fact]
    public async Task A_recipe_is_trained_with_logs_refused_a_second_time_gone_on_with_and_tested()
    {
        string run = toy["verb", "run"];
        var first = await TrainAsync("--out", run, "--cache", toy["caches"]);
        Assert.True(first.ExitCode == 0, first.Errors);
        Assert.Equal(Path.Combine(run, "best"), first.Output.Trim());
        Assert.Contains("step 3/3", first.Errors, StringComparison.Ordinal);
        Assert.Contains(
            File.ReadLines(Path.Combine(run, "train.jsonl")), line => line.Contains("queue_occupancy", StringComparison.Ordinal));
        Assert.NotEmpty(Directory.GetFiles(run, "events.out.tfevents.*"));
        using (var model = BrewClipModel.Load(Path.Combine(run, "last")))
        {
            Assert.Equal(BrewClipVariant.PipelinePrompted, model.Config.Variant);
        }

        var second = await TrainAsync("--out", run, "--cache", toy["caches"]);
        Assert.Equal((1, ""), (second.ExitCode, second.Output));
        Assert.Contains("holds a run already", second.Errors, StringComparison.Ordinal);

        var further = await TrainAsync("--out", run, "--cache", toy["caches"], "--resume", "--set", "training.steps=5");
        Assert.True(further.ExitCode == 0, further.Errors);
        Assert.Contains("steps 4 to 5", further.Errors, StringComparison.Ordinal);

        var other = await TrainAsync(
            "--out", run, "--cache", toy["caches"], "--resume", "--set", "model.prompt_length=3", "--set", "training.alpha=0.2");
        Assert.Equal((1, ""), (other.ExitCode, other.Output));
        Assert.Contains(
            "a run of another recipe: model.prompt_length is 4 there and 3 here, training.alpha is 0.1 there and 0.2 here", other.Errors,
            StringComparison.Ordinal);

        // The same words in another Whisper's mouth.
        string whisper = toy["another whisper"];
        Copy(toy["model", "whisper"], whisper);
        File.WriteAllText(Path.Combine(whisper, "generation_config.json"), "{}");
        var foreign = await TrainAsync("--out", run, "--cache", toy["caches"], "--resume", "--set", $"model.whisper={whisper}");
        Assert.Contains("its Whisper holds other weights", foreign.Errors, StringComparison.Ordinal);

        var tested = await CommandLine.RunAsync(["evaluate", Recipe, "--data", toy.Data, "--model", run, "--json", .. toy.SetOptions]);
        Assert.True(tested.ExitCode == 0, tested.Errors);
        var row = tested.Json.GetProperty("rows")[0];
        Assert.Equal("flickr8k", row.GetProperty("dataset").GetString());
        Assert.Equal(68.5, row.GetProperty("published").GetProperty("speech_to_image").GetProperty("at1").GetDouble());
        Assert.Equal(JsonValueKind.Number, row.GetProperty("measured").GetProperty("mean").GetProperty("at5").ValueKind);
    }

    [Fact]
    public async Task What_cannot_be_trained_is_refused_with_a_sentence_and_leaves_nothing_behind()
    {
        (string[] Arguments, int Code, string Says)[] wrong =
        [
            ([Recipe], 2, "needs 'flickr8k': say where it lies with --data flickr8k=FOLDER"),
            ([Recipe, "--data", toy.Data, "--set", "training.bach_size=3"], 1, "no 'training.bach_size'"),
            ([Recipe, "--data", toy.Data, "--set", "training.steps"], 1, "key=value is expected"),
            ([Recipe, "--data", toy.Data, "--set", "training.batch_size=1"], 1, "batch_size 1 must be at least 2"),
            ([Recipe, "--data", toy.Data, "--set", "training.batch_size=64"], 1, "make no batch of 64"),
            ([Recipe, "--data", toy.Data, "--set", $"model.clip={toy["model", "whisper"]}"], 1, "clip"),
            ([Recipe, "--data", toy.Data, "--set", $"model.whisper={toy["nowhere"]}"], 1, "nowhere"),
            (["table1-flickr8k-full", "--data", toy.Data, "--set", "model.acoustic_attention_heads=5"], 1, "heads"),
            (["table1-flickr8k-zero-shot", "--data", toy.Data], 2, "trains nothing: 'brewclip evaluate table1-flickr8k-zero-shot'"),
            (["table5-flickr8k", "--data", toy.Data], 2, "tests the model of 'table1-flickr8k-full'"),
            (["table3-linear", "--data", toy.Data], 2, "'brewclip evaluate table3-linear --model FOLDER' does it"),
            (["clip-nano", "--data", toy.Data], 2, "--data littleworld=FOLDER"),
            (["brewclip-nano", "--data", $"littleworld={toy["data", "flickr8k"]}"], 1, "whisper-nano"),
            (["clip-nano", "--data", toy.Data, "--precision", "bfloat16"], 2, "float32 on the CPU: leave --precision and --device out"),
            ([Recipe, "--data", toy.Data, "--recordings", toy.Data], 2, "--recordings are for whisper-nano"),
            ([Recipe, "--data", toy.Data, "--minutes", "-1"], 2, "--minutes is -1"),
            (["no-such-recipe", "--data", toy.Data], 1, "'no-such-recipe'"),
            ([Recipe, "--data", $"flickr8k={toy["data", "ravdess"]}"], 1, "Flickr8k"),
            ([Recipe, "--data", $"flickr8k={toy["nowhere"]}"], 1, "nowhere"),
            ([Recipe, "--data", toy.Data, "--devise", "cuda"], 2, "--devise"),
        ];
        foreach (var (arguments, code, says) in wrong)
        {
            string[] small = arguments[0].Contains("table1-flickr8k-prompted", StringComparison.Ordinal)
                || arguments[0] == "table1-flickr8k-full" ? toy.SetOptions : [];
            var run = await CommandLine.RunAsync(
                ["train", arguments[0], "--out", toy["wrong"], "--cache", toy["wrong caches"], .. small, .. arguments[1..]]);
            Assert.True(
                (code, "") == (run.ExitCode, run.Output), $"{string.Join(' ', arguments)}: {run.ExitCode} {run.Output} {run.Errors}");
            Assert.True(run.Errors.Contains(says, StringComparison.Ordinal), $"{says}: {run.Errors}");
            Assert.False(Directory.Exists(toy["wrong", "best"]) || File.Exists(toy["wrong", "last.safetensors"]));
        }
    }

    [Fact]
    public async Task Time_that_is_up_before_the_first_step_is_no_failure()
    {
        var run = await TrainAsync("--out", toy["no time"], "--cache", toy["no time caches"], "--minutes", "0");
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.DoesNotContain("step 3/3", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recipe_is_not_tested_on_another_recipes_model()
    {
        (string[] Arguments, int Code, string Says)[] wrong =
        [
            ([Recipe, "--data", toy.Data, "--model", toy.Model], 1, "is for another model: variant is Full there and PipelinePrompted in "
                + "the recipe"),
            (["table1-flickr8k-full", "--data", toy.Data, "--model", toy.Model, "--set", "model.prompt_length=2"], 1, "prompt_length is 4 "
                + "there and 2 in the recipe"),
            (["table3-pipeline-linear", "--data", toy.Data, "--model", toy.Model], 1, "variant is Full there and PipelinePrompted"),
            (["table3-linear", "--data", toy.Data, "--model", toy.Model, "--csv"], 2, "--csv"),
            ([Recipe, "--data", toy.Data], 2, "give its folder with --model"),
            ([Recipe, "--model", toy.Model], 2, "needs 'flickr8k'"),
        ];
        foreach (var (arguments, code, says) in wrong)
        {
            var run = await CommandLine.RunAsync(["evaluate", .. arguments]);
            Assert.Equal((code, ""), (run.ExitCode, run.Output));
            Assert.Contains(says, run.Errors, StringComparison.Ordinal);
        }
    }

    private Task<CommandLine> TrainAsync(params string[] more) =>
        CommandLine.RunAsync(["train", Recipe, "--data", $"flickr8k={toy["data", "flickr8k"]}", .. toy.SetOptions, .. more]);

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }
}
