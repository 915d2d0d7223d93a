using System.Text.Json;
using BrewClip.Cli.Terminal;
using BrewClip.Models.Brew;
using BrewClip.Models.Whisper;
using BrewClip.Training.LittleWorld.Experiments;

namespace BrewClip.Tests.Training.LittleWorld.Experiments;

[Collection(RandomStateCollection.Name)]
public sealed class LittleWorldExperimentTests(ToyExperiment toy) : IClassFixture<ToyExperiment>
{
    [Fact]
    public void A_run_that_is_stopped_goes_on_and_ends_with_every_table()
    {
        var options = toy.Options("whole") with { Rows = ["zero-shot", "scripted-1", "full-scripted-2", "full-spontaneous-1"] };
        using var stop = new CancellationTokenSource();
        var watch = new StopAt("full-scripted-1", stop);
        Assert.Throws<OperationCanceledException>(() => new LittleWorldExperiment(options, watch).Run(stop.Token));
        string[] before = Rows("whole");
        Assert.Equal(["acoustic-scripted-1", "prompted-scripted-1", "zero-shot"], before.Select(Path.GetFileNameWithoutExtension));
        var times = before.ToDictionary(path => path, File.GetLastWriteTimeUtc);

        var report = new LittleWorldExperiment(options).Run();

        Assert.All(before, path => Assert.Equal(times[path], File.GetLastWriteTimeUtc(path)));
        // Five trainings and seven probes, one of each once more, one training on the other corpus, and what trains nothing.
        Assert.Equal(5 + 7 + 2 + 1 + 1, Rows("whole").Length);
        string markdown = File.ReadAllText(toy["whole/littleworld.md"]);
        Assert.All(
            (string[])["Table 1", "Table 2", "Table 3", "Table 4", "Word errors against recall: spontaneous with its noisy copies",
                "Mood pairs", "Compared on"],
            title => Assert.Contains(title, markdown));
        Assert.DoesNotContain("NaN", markdown);
        Assert.Equal(report.Retrieval.Count,
            JsonDocument.Parse(File.ReadAllText(toy["whole/littleworld.json"])).RootElement.GetProperty("retrieval").GetArrayLength());

        var full = Assert.Single(report.Retrieval, row =>
            row is { Method: "full", TrainedOn: "scripted", Corpus: "scripted", Text: not null }
            && row.Text == BrewClip.Training.Evaluation.PipelineText.Transcripts);
        Assert.Equal((2, 24, 12), (full.Seeds, full.Utterances, full.Images));
        Assert.Contains(report.Retrieval, row => row is { Method: "full", TrainedOn: "spontaneous", Corpus: "scripted at 10 dB" });
        Assert.DoesNotContain(report.Retrieval, row => row.Method == "full, worded reading" && row.Corpus.Contains("dB"));
    }

    [Fact]
    public void A_reader_of_words_cannot_tell_twins_apart()
    {
        var report = new LittleWorldExperiment(toy.Options("pairs") with { Rows = ["zero-shot", "prompted-scripted-1"], Noise = [] }).Run();
        foreach (var row in report.Retrieval.Where(row => row.Text == BrewClip.Training.Evaluation.PipelineText.GroundTruth))
        {
            // The same words of both: what is right for the one is wrong for the other.
            Assert.Equal(0.5, row.MoodPairs!.Mean, 9);
        }
    }

    [Fact]
    public void A_mood_that_is_audible_is_recognised_from_the_sound_and_not_from_the_words()
    {
        var report = new LittleWorldExperiment(toy.Options("moods") with
        {
            Rows = ["mood-log-mel", "mood-frames"],
            Seeds = 1,
            TestCaptions = 5,
            TrainingCaptions = 5,
            Noise = [],
        }).Run();
        Assert.Equal(2, report.Moods.Count);
        var sound = report.Moods.Single(mood => mood.Probe.StartsWith("log-mel", StringComparison.Ordinal));
        Assert.True(sound.Accuracy.Mean > 0.6, sound.ToString());
    }

    [Fact]
    public async Task The_verb_measures_what_lies_beside_the_towers_and_refuses_a_folder_of_other_settings()
    {
        var source = toy.Options("verb source") with { Rows = ["full-scripted-1"], Seeds = 1, Noise = [] };
        new LittleWorldExperiment(source).Run();
        string given = Path.Combine(source.Models, "brewclip-nano");
        using (var model = BrewClipModel.Load(toy["verb source/trained/full-scripted-1"]))
        {
            model.Save(given);
        }

        try
        {
            string[] command = ["reproduce", "littleworld", "--data", $"tones={toy["scripted"]}", "--models", source.Models, "--out",
                toy["verb"], "--captions", "1"];
            Assert.Equal(ExitCode.Done, await CommandRunner.RunAsync(command));
            Assert.Equal(["given-brewclip-nano", "zero-shot"], Rows("verb").Select(Path.GetFileNameWithoutExtension));
            Assert.Contains("| tones | brewclip-nano | ", File.ReadAllText(toy["verb/littleworld.md"]));
            Assert.Equal(ExitCode.Failed, await CommandRunner.RunAsync([.. command, "--steps", "7"]));

            // Trained on since, it is measured anew; untouched, it is not.
            string[] rows = Rows("verb");
            var times = rows.ToDictionary(path => path, File.GetLastWriteTimeUtc);
            Assert.Equal(ExitCode.Done, await CommandRunner.RunAsync(command));
            Assert.All(rows, path => Assert.Equal(times[path], File.GetLastWriteTimeUtc(path)));
            Disturb(given);
            Assert.Equal(ExitCode.Done, await CommandRunner.RunAsync(command));
            Assert.NotEqual(times[rows[0]], File.GetLastWriteTimeUtc(rows[0]));
            Assert.Equal(times[rows[1]], File.GetLastWriteTimeUtc(rows[1]));
            Assert.Equal(ExitCode.Done, await CommandRunner.RunAsync([.. command, "--minutes", "5", "--rows", "zero"]));

            // The same model over a Whisper of other weights: what is cached of the towers is not what it would hear.
            using (var other = WhisperModel.Create(WhisperConfig.Load(Path.Combine(source.Models, "whisper-nano")), 99))
            {
                Copy(Path.Combine(source.Models, "whisper-nano"), toy["other"]);
                other.Save(toy["other"]);
            }

            (BrewClipConfig.Load(given) with { Whisper = "../../other" }).Save(given);
            var error = Assert.Throws<InvalidDataException>(() => new LittleWorldExperiment(
                toy.Options("other towers") with { TrainOn = [], Rows = ["given"], Noise = [] }).Run());
            Assert.Contains("another Whisper", error.Message);
        }
        finally
        {
            Directory.Delete(given, recursive: true);
        }
    }

    [Theory]
    [InlineData("--data", "nameless")]
    [InlineData("--data", "a=b", "--rows", "--no-such-option")]
    [InlineData("--data", "a=b", "--minutes", "-1")]
    public async Task A_command_line_that_makes_no_sense_is_refused(params string[] arguments) =>
        Assert.Equal(ExitCode.WrongUse, await CommandRunner.RunAsync(["reproduce", "littleworld", "--out", toy["never"], .. arguments]));

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        var options = toy.Options("never");
        Assert.Throws<ArgumentException>(() => new LittleWorldExperiment(options with { TestOn = [] }).Run());
        Assert.Throws<ArgumentException>(() => new LittleWorldExperiment(options with { Steps = 0 }).Run());
        Assert.Throws<ArgumentException>(() => new LittleWorldExperiment(options with { TrainOn = [new("a b", "x")] }).Run());
        Assert.Throws<ArgumentException>(() => new LittleWorldExperiment(options with { Noise = [double.NaN] }).Run());
        Assert.Contains("'a corpus at 10 dB'", Assert.Throws<ArgumentException>(
            () => new LittleWorldExperiment(options with { Noise = [10, 0, 10.01] }).Run()).Message);
        Assert.Throws<DirectoryNotFoundException>(() => new LittleWorldExperiment(options with { Models = toy["scripted"] }).Run());
        Assert.Throws<ArgumentException>(() => new LittleWorldExperiment(toy.Options("filter") with { Rows = ["nothing of this name"] })
            .Run());
        Assert.False(Directory.Exists(toy["never"]));
    }

    private static void Disturb(string folder)
    {
        using var model = BrewClipModel.Load(folder);
        using (TorchSharp.torch.no_grad())
        {
            model.Network.parameters().First(parameter => parameter.dim() > 1).detach().mul_(-1).Dispose();
        }

        model.Save(folder);
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }

    private string[] Rows(string results) => [.. Directory.GetFiles(toy[results + "/rows"]).Order(StringComparer.Ordinal)];

    private sealed class StopAt(string row, CancellationTokenSource source) : IProgress<string>
    {
        public void Report(string value)
        {
            if (value.StartsWith(row, StringComparison.Ordinal))
            {
                source.Cancel();
            }
        }
    }
}
