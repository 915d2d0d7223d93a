using System.Diagnostics;
using BrewClip.Core.Retrieval.Indexing;

namespace BrewClip.Tests.Cli;

[Collection(CommandLineCollection.Name)]
public sealed class IndexAndSearchVerbTests(CheckpointFixture fixture) : IClassFixture<CheckpointFixture>
{
    [Fact]
    public async Task An_image_finds_itself_and_every_query_gets_the_librarys_scores()
    {
        string folder = await IndexAsync("roundtrip");
        var byImage = await CommandLine.RunAsync("search", "--index", folder, "--image", fixture.Image(3), "--top", "2", "--json");

        Assert.True(byImage.ExitCode == 0, byImage.Errors);
        Assert.Equal(2, byImage.Json.GetProperty("results").GetArrayLength());
        var first = byImage.Json.GetProperty("results")[0];
        Assert.Equal((1, fixture.Image(3)), (first.GetProperty("rank").GetInt32(), first.GetProperty("file").GetString()));
        Assert.Equal(1, first.GetProperty("score").GetDouble(), 1e-5);

        using var model = fixture.Load(normalize: true);
        using var index = ImageIndexFolder.Open(folder);
        var byText = await CommandLine.RunAsync("search", "--index", folder, "--model", fixture.Brew, "--text", "a brown dog", "--json");
        var expected = index.Search(model.EncodeText("a brown dog"), 10);
        Assert.Equal(
            expected.Select(hit => hit.Id),
            byText.Json.GetProperty("results").EnumerateArray().Select(hit => hit.GetProperty("file").GetString()));
        Assert.All(
            expected.Zip(byText.Json.GetProperty("results").EnumerateArray()),
            pair => Assert.Equal(pair.First.Score, pair.Second.GetProperty("score").GetDouble(), 1e-5));
    }

    [Fact]
    public async Task Speech_is_answered_with_its_transcript_and_a_report()
    {
        string folder = await IndexAsync("speech"), page = fixture.New("report ü.html");

        var run = await CommandLine.RunAsync("search", "--index", folder, "--speech", fixture.Speech(0), "--json", "--open", page);

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.NotEqual("", run.Json.GetProperty("transcript").GetString());
        string html = File.ReadAllText(page);
        Assert.Equal(5, html.Split("<li>").Length - 1);
        Assert.Contains("data:audio/wav;base64,", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_json_hits_are_lines_and_words_about_them_go_to_standard_error()
    {
        string folder = await IndexAsync("lines");

        var run = await CommandLine.RunAsync("search", "--index", folder, "--image", fixture.Image(1), "--top", "1");

        Assert.Equal($"1.0000  {fixture.Image(1)}", run.Output.TrimEnd());
    }

    [Fact]
    public async Task Unreadable_images_are_listed_at_the_end_and_are_not_fatal()
    {
        string images = fixture.New("with a bad one");
        Directory.CreateDirectory(images);
        File.Copy(fixture.Image(0), Path.Combine(images, "good.png"));
        File.WriteAllText(Path.Combine(images, "bad one.jpg"), "no image");

        var run = await CommandLine.RunAsync("index", images, "--model", fixture.Clip, "--out", fixture.New("bad index"));

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal(fixture.New("bad index"), run.Output.TrimEnd());
        Assert.Contains("bad one.jpg", run.Errors, StringComparison.Ordinal);
        Assert.Contains("1 images: 1 encoded", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_index_of_clip_serves_a_zero_shot_pipeline_over_it_but_not_another_model()
    {
        string folder = fixture.New("clip index");
        Assert.Equal(0, (await CommandLine.RunAsync("index", fixture.Images, "--model", fixture.Clip, "--out", folder)).ExitCode);

        var composed = await CommandLine.RunAsync(
            "search", "--index", folder, "--model", $"{fixture.Whisper} + {fixture.Clip}", "--speech", fixture.Speech(0));
        Assert.True(composed.ExitCode == 0, composed.Errors);

        // The prompts in the image tower make other vectors.
        var prompted = await CommandLine.RunAsync("search", "--index", folder, "--model", fixture.Brew, "--text", "dog");
        Assert.Equal((1, ""), (prompted.ExitCode, prompted.Output));
        Assert.Contains(fixture.Clip, prompted.Errors, StringComparison.Ordinal);
        Assert.Contains(fixture.Brew + " [", prompted.Errors, StringComparison.Ordinal);
        Assert.Equal(1, (await CommandLine.RunAsync("index", fixture.Images, "--model", fixture.Brew, "--out", folder)).ExitCode);
        Assert.Equal(
            0, (await CommandLine.RunAsync("index", fixture.Images, "--model", fixture.Brew, "--out", folder, "--rebuild")).ExitCode);
    }

    [Fact]
    public async Task A_damaged_index_is_said_and_rebuilt_when_asked()
    {
        string folder = await IndexAsync("damaged");
        string path = Path.Combine(folder, ImageIndexFolder.IndexName);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..100]);

        string[] search = ["search", "--index", folder, "--text", "dog"];
        string[] indexing = ["index", fixture.Images, "--model", fixture.Brew, "--out", folder];
        foreach (string[] arguments in new[] { search, indexing })
        {
            var run = await CommandLine.RunAsync(arguments);
            Assert.Equal((1, ""), (run.ExitCode, run.Output));
            Assert.Contains(path, run.Errors, StringComparison.Ordinal);
        }

        Assert.Equal(
            0, (await CommandLine.RunAsync("index", fixture.Images, "--model", fixture.Brew, "--out", folder, "--rebuild")).ExitCode);
        Assert.Equal(0, (await CommandLine.RunAsync("search", "--index", folder, "--text", "dog")).ExitCode);
    }

    [Fact]
    public async Task Wrong_use_has_exit_code_2_and_what_is_missing_exit_code_1()
    {
        string folder = fixture.New("nothing here");
        foreach (string[] arguments in new string[][]
        {
            ["search", "--index", folder],
            ["search", "--index", folder, "--text", "a", "--image", "b"],
            ["search", "--index", folder, "--text", "a", "--top", "0"],
            ["search", "--text", "a"],
            ["index", "--model", fixture.Clip, "--out", folder],
            ["index", fixture.Images, "--model", fixture.Clip, "--out", folder, "--storage", "9"],
        })
        {
            Assert.Equal(2, (await CommandLine.RunAsync(arguments)).ExitCode);
        }

        var missing = await CommandLine.RunAsync("search", "--index", folder, "--text", "a");
        Assert.Equal((1, ""), (missing.ExitCode, missing.Output));
        Assert.Contains(folder, missing.Errors, StringComparison.Ordinal);
        var none = await CommandLine.RunAsync("index", fixture.Clip, "--model", fixture.Clip, "--out", folder);
        Assert.Equal(1, none.ExitCode);
        Assert.Contains("no images", none.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Killed_ten_times_at_random_moments_an_index_ends_equal_to_one_made_in_peace()
    {
        string images = fixture.New("many");
        Directory.CreateDirectory(images);
        for (int i = 0; i < 120; i++)
        {
            File.Copy(fixture.Image(i % 5), Path.Combine(images, $"{i:000}.png"));
        }

        string[] Arguments(string folder) => ["index", images, "--model", fixture.Brew, "--out", folder, "--batch-size", "2"];
        string peace = fixture.New("peace"), killed = fixture.New("killed");
        Assert.Equal(0, (await CommandLine.RunAsync(Arguments(peace))).ExitCode);
        var random = new Random(5);
        for (int i = 0; i < 10; i++)
        {
            using var process = CommandLine.Start(Arguments(killed));
            await KillAfterAsync(process, random.Next(1, 12), Path.Combine(killed, ImageIndexFolder.JournalName));
        }

        var run = await CommandLine.RunAsync(Arguments(killed));

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(peace, ImageIndexFolder.IndexName)),
            File.ReadAllBytes(Path.Combine(killed, ImageIndexFolder.IndexName)));
        Assert.False(File.Exists(Path.Combine(killed, ImageIndexFolder.JournalName)));
    }

    [Fact]
    public async Task Interrupted_it_says_so_and_keeps_what_is_done()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string images = fixture.New("many to interrupt"), folder = fixture.New("interrupted"), journal = Path.Combine(
            folder, ImageIndexFolder.JournalName);
        Directory.CreateDirectory(images);
        for (int i = 0; i < 600; i++)
        {
            File.Copy(fixture.Image(i % 5), Path.Combine(images, $"{i:000}.png"));
        }

        using var process = CommandLine.Start("index", images, "--model", fixture.Clip, "--out", folder, "--batch-size", "1");
        while (!process.HasExited && !(File.Exists(journal) && new FileInfo(journal).Length > 1000))
        {
            await Task.Delay(1);
        }

        using (var interrupt = Process.Start("kill", ["-INT", $"{process.Id}"]))
        {
            await interrupt.WaitForExitAsync();
        }

        string errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(1, process.ExitCode);
        Assert.EndsWith("Stopped.", errors.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal("", await process.StandardOutput.ReadToEndAsync());
        Assert.True(File.Exists(journal));
    }

    // Moments are counted in what the journal has grown by: then every run is killed in the middle of its work, on any machine.
    private static async Task KillAfterAsync(Process process, int batches, string journal)
    {
        long Length() => File.Exists(journal) ? new FileInfo(journal).Length : 0;
        long start = Length(), target = start + batches * 300;
        while (!process.HasExited && Length() < target)
        {
            await Task.Delay(1);
        }

        process.Kill();
        await process.WaitForExitAsync();
    }

    private async Task<string> IndexAsync(string name)
    {
        string folder = fixture.New(name);
        var run = await CommandLine.RunAsync("index", fixture.Images, "--model", fixture.Brew, "--out", folder);
        Assert.True(run.ExitCode == 0, run.Errors);
        return folder;
    }
}
