using BrewClip.Models.Brew;
using BrewClip.Tests.Training.Probes;
using BrewClip.Tests.Training.Recipes;

namespace BrewClip.Tests.Cli;

[Collection(CommandLineCollection.Name)]
public sealed class ProbeVerbTests(ToyExperiment toy) : IClassFixture<ToyExperiment>
{
    [Fact]
    public async Task A_trained_brewclip_is_probed_linearly_and_fine_tuned_and_stays_as_it_is()
    {
        byte[] weights = File.ReadAllBytes(Path.Combine(toy.Model, "model.safetensors"));
        var probe = await CommandLine.RunAsync(
            "probe", "ravdess", "--root", toy["data", "ravdess"], "--model", toy.Model, "--seeds", "1", "--folds", "2", "--cache",
            toy["frames"], "--json");
        Assert.True(probe.ExitCode == 0, probe.Errors);
        var published = probe.Json.GetProperty("published_split");
        Assert.Equal(2, published.GetArrayLength());
        Assert.Equal(1, probe.Json.GetProperty("speaker_folds").GetArrayLength());
        Assert.Equal(40, probe.Json.GetProperty("recordings").GetInt32());

        // The recipe does the same from the same cache.
        string[] recipe =
        [
            "evaluate", "table3-linear", "--data", $"ravdess={toy["data", "ravdess"]}", "--model", toy.Model, "--cache", toy["frames"],
            "--json", "--set", "seeds=1",
        ];
        var same = await CommandLine.RunAsync(recipe);
        Assert.True(same.ExitCode == 0, same.Errors);
        Assert.Equal(Accuracy(probe), Accuracy(same));

        // The toy emotions are pitches, which the acoustic channel hears whatever the words; so few recordings take larger steps.
        double heard = Accuracy(await CommandLine.RunAsync([.. recipe, "training.learning_rate=0.05"]));
        Assert.True(heard > 0.9, $"{heard}");
        Assert.Equal(weights, File.ReadAllBytes(Path.Combine(toy.Model, "model.safetensors")));
    }

    [Fact]
    public async Task A_pipeline_reads_the_words_alone_and_is_right_as_often_as_guessing_and_bad_recordings_are_named()
    {
        string root = toy["ravdess with a bad one"], model = toy["pipeline"];
        ToyRavdess.WriteCorpus(root);
        File.WriteAllText(Path.Combine(root, "Actor_01", "03-01-05-01-01-01-01.wav"), "no sound");
        Support.FormulaCheckpoint.Write(model, BrewClipVariant.PipelinePrompted);
        var pipeline = await CommandLine.RunAsync(
            "evaluate", "table3-pipeline-linear", "--data", $"ravdess={root}", "--model", model, "--json", "--set", "seeds=1",
            "training.learning_rate=0.05");
        Assert.True(pipeline.ExitCode == 0, pipeline.Errors);
        Assert.Equal(40, pipeline.Json.GetProperty("recordings").GetInt32());
        Assert.Equal(8 / 20.0, Accuracy(pipeline));

        var full = await CommandLine.RunAsync(
            "probe", "ravdess", "--root", root, "--model", toy.Model, "--seeds", "1", "--folds", "0", "--linear-only");
        Assert.True(full.ExitCode == 0, full.Errors);
        Assert.Contains("left out: ", full.Errors, StringComparison.Ordinal);
        Assert.Contains("03-01-05-01-01-01-01", full.Errors, StringComparison.Ordinal);
        Assert.Contains("39 recordings", full.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whisper_alone_is_probed_as_before_and_contradictions_are_refused()
    {
        ToyRavdess.WriteEncoder(toy["encoder"]);
        string[] common = ["probe", "ravdess", "--root", toy["data", "ravdess"], "--seeds", "1", "--folds", "0", "--linear-only"];
        var encoder = await CommandLine.RunAsync([.. common, "--encoder-only", "--whisper", toy["encoder"]]);
        Assert.True(encoder.ExitCode == 0, encoder.Errors);
        Assert.Contains("| Whisper frames mean, linear |", encoder.Output, StringComparison.Ordinal);
        string[][] contradictions =
            [[], ["--encoder-only"], ["--encoder-only", "--whisper", toy["encoder"], "--model", toy.Model], ["--whisper", toy["encoder"]]];
        foreach (string[] wrong in contradictions)
        {
            var run = await CommandLine.RunAsync([.. common, .. wrong]);
            Assert.Equal((2, ""), (run.ExitCode, run.Output));
            Assert.Contains("Say what is probed", run.Errors, StringComparison.Ordinal);
        }
    }

    private static double Accuracy(CommandLine run) => run.Json.GetProperty("published_split")[0].GetProperty("accuracy").GetDouble();
}
