using System.Text.Json;
using BrewClip.Models.Whisper;
using BrewClip.Tests.Training.Recipes;
using BrewClip.Training.Evaluation;
using BrewClip.Training.Recipes;

namespace BrewClip.Tests.Cli;

[Collection(CommandLineCollection.Name)]
public sealed class ReproduceTableVerbTests(ToyExperiment toy) : IClassFixture<ToyExperiment>
{
    [Fact]
    public async Task All_five_tables_come_from_their_recipes_and_a_second_start_does_nothing_again()
    {
        (int Table, int Rows)[] tables = [(1, 9), (2, 8), (3, 4), (4, 4), (5, 9)];
        string runs = toy["all tables"];
        foreach (var (table, rows) in tables)
        {
            var run = await ReproduceAsync(table, runs, "seeds=1", "training.epochs=1");
            Assert.True(run.ExitCode == 0, run.Errors);
            Assert.Equal(File.ReadAllText(Path.Combine(runs, $"table{table}.md")).Trim(), run.Output.Trim());
            using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(runs, $"table{table}.json")));
            Assert.Equal(rows, json.RootElement.GetProperty("measured").GetArrayLength());
        }

        var trained = Directory.GetDirectories(runs).Select(Path.GetFileName).Except(["rows", "caches"]).Order();
        Assert.Equal(
            RecipeLibrary.Names.Select(name => RecipeLibrary.Load(name)).OfType<RetrievalRecipe>()
                .Where(recipe => recipe is { TrainOn: not null, Table: not null }).Select(recipe => recipe.Name).Order(),
            trained);
        Assert.Equal(
            RecipeLibrary.Names.Where(name => name.StartsWith("table", StringComparison.Ordinal)),
            Directory.GetFiles(Path.Combine(runs, "rows"))
                .Select(path => Path.GetFileName(path).Split('.')[0]).Distinct().Order(StringComparer.Ordinal));

        // As many lines as the paper's table has rows, our figures beside the paper's.
        string[] csv = File.ReadAllLines(Path.Combine(runs, "table1.csv"));
        Assert.Equal(1 + PaperFigures.Table1.Count, csv.Length);
        string[] full = Assert.Single(csv, line => line.StartsWith("BrewCLIP,flickr8k,", StringComparison.Ordinal)).Split(',');
        Assert.Equal(["66.5", "89.1"], full[11..13]);
        Assert.InRange(double.Parse(full[2], System.Globalization.CultureInfo.InvariantCulture), 0, 100);
        Assert.Contains("| BrewCLIP | fine-tuned | ", File.ReadAllText(Path.Combine(runs, "table3.md")), StringComparison.Ordinal);
        Assert.Contains(
            "| BrewCLIP trained on flickr8k | flickr8k | ", File.ReadAllText(Path.Combine(runs, "table5.md")), StringComparison.Ordinal);

        string table1 = File.ReadAllText(Path.Combine(runs, "table1.json"));
        var stamps = Directory.GetFiles(runs, "last.safetensors", SearchOption.AllDirectories)
            .ToDictionary(path => path, File.GetLastWriteTimeUtc);
        var again = await ReproduceAsync(1, runs, "seeds=1", "training.epochs=1");
        Assert.Equal(9, again.Errors.Split("done before").Length - 1);
        Assert.Equal(table1, File.ReadAllText(Path.Combine(runs, "table1.json")));
        Assert.All(stamps, item => Assert.Equal(item.Value, File.GetLastWriteTimeUtc(item.Key)));
    }

    [Fact]
    public async Task Rows_without_their_data_are_left_out_by_name_and_stand_there_with_the_papers_figures()
    {
        string runs = toy["flickr alone"];
        var run = await CommandLine.RunAsync(
        [
            "reproduce", "table1", "--data", $"flickr8k={toy["data", "flickr8k"]}", "--out", runs, "--rows", "zero-shot",
            .. toy.SetOptions,
        ]);
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Contains(
            "table1-spokencoco-zero-shot on spokencoco: left out, 'spokencoco' is not there", run.Errors, StringComparison.Ordinal);
        Assert.Contains("| PIP-Only BrewCLIP (zero-shot) | spokencoco | – (33.6) |", run.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(runs, "table1-flickr8k-full")));
    }

    [Fact]
    public async Task Rows_that_were_done_before_stay_in_the_table_when_others_are_asked_for()
    {
        string runs = toy["row by row"];
        foreach (string dataset in (string[])["flickr8k", "ln-coco"])
        {
            var run = await CommandLine.RunAsync(
                ["reproduce", "table1", "--data", toy.Data, "--out", runs, "--rows", $"{dataset}-zero-shot", .. toy.SetOptions]);
            Assert.True(run.ExitCode == 0, run.Errors);
        }

        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(runs, "table1.json")));
        Assert.Equal(
            ["flickr8k", "ln-coco"],
            json.RootElement.GetProperty("measured").EnumerateArray().Select(row => row.GetProperty("dataset").GetString()));
    }

    [Fact]
    public async Task A_row_done_over_other_recordings_or_other_weights_is_not_taken_for_done()
    {
        using var own = new ToyExperiment();
        string[] command =
        [
            "reproduce", "table1", "--data", $"flickr8k={own["data", "flickr8k"]}", "--out", own["runs"],
            "--rows", "flickr8k-zero-shot", .. own.SetOptions,
        ];
        await Says("testing");
        await Says("done before");

        // Another sound in as many bytes.
        own.Speak(own["data", "flickr8k", "flickr_audio", "wavs", "50_e_0.wav"]);
        await Says("testing");
        await Says("done before");

        // One that is not tested on decides nothing.
        own.Speak(own["data", "flickr8k", "flickr_audio", "wavs", "10_a_0.wav"]);
        await Says("done before");
        OtherWeights(own["model", "whisper"]);
        await Says("testing");

        // Where the data are not there, nothing contradicts what was done.
        Directory.Move(own["data", "flickr8k"], own["elsewhere"]);
        command[3] = $"ln-coco={own["data", "ln-coco"]}";
        await Says("done before");

        async Task Says(string what)
        {
            var run = await CommandLine.RunAsync(command);
            Assert.True(run.ExitCode == 0, run.Errors);
            Assert.Contains($"table1-flickr8k-zero-shot on flickr8k: {what}", run.Errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_model_that_was_trained_over_other_weights_is_not_tested_over_those_that_are_there_now()
    {
        using var own = new ToyExperiment();
        string[] command =
        [
            "reproduce", "table1", "--data", $"flickr8k={own["data", "flickr8k"]}", "--out", own["runs"],
            "--rows", "flickr8k-full", .. own.SetOptions,
        ];
        var run = await CommandLine.RunAsync(command);
        Assert.True(run.ExitCode == 0, run.Errors);
        OtherWeights(own["model", "whisper"]);
        run = await CommandLine.RunAsync(command);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("its Whisper holds other weights. Train in another folder (--out)", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_reproduced_is_said_in_a_sentence()
    {
        string runs = toy["nothing"];
        (string[] Arguments, int Code, string Says)[] wrong =
        [
            (["table1", "--out", runs], 1, "without its data: flickr8k"),
            (["table1", "--data", toy.Data, "--out", runs, "--rows", "nonsense"], 1, "'nonsense'"),
            (["table1", "--data", toy.Data, "--out", runs, "--set", "training.bach_size=3"], 1, "no recipe of a table has a place"),
            (["table1", "--data", $"flickr9k={toy.Data}", "--out", runs], 2, "'flickr9k="),
            (["table1", "--data", $"flickr8k={toy["nowhere"]}", "--out", runs], 1, "nowhere"),
            (["table6", "--out", runs], 2, "table6"),
        ];
        foreach (var (arguments, code, says) in wrong)
        {
            var run = await CommandLine.RunAsync(["reproduce", .. arguments]);
            Assert.Equal((code, ""), (run.ExitCode, run.Output));
            Assert.Contains(says, run.Errors, StringComparison.Ordinal);
        }
    }

    private static void OtherWeights(string folder)
    {
        using var other = WhisperModel.Create(WhisperConfig.Load(folder), 99);
        other.Save(folder);
    }

    private Task<CommandLine> ReproduceAsync(int table, string runs, params string[] more) =>
        CommandLine.RunAsync(["reproduce", $"table{table}", "--data", toy.Data, "--out", runs, .. toy.SetOptions, .. more]);
}
