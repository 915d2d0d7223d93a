using BrewClip.Cli.Terminal;
using BrewClip.Tests.Data.Flickr8k;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Cli;

[Collection(CommandLineCollection.Name)]
public sealed class DataVerbTests
{
    [Fact]
    public async Task A_complete_data_set_is_said_to_be_and_a_hole_is_a_line_and_exit_code_1()
    {
        using var folder = new TemporaryFolder();
        TinyFlickr8k.Create(folder);
        var complete = await CommandLine.RunAsync("data", "check", "flickr8k", "--root", folder.Path, "--media", "decode");
        Assert.Equal((ExitCode.Done, ""), (complete.ExitCode, complete.Output));
        Assert.Contains($"'{folder.Path}' is complete.", complete.Errors, StringComparison.Ordinal);

        string gone = folder["flickr_audio", "wavs", "20_b_3.wav"], broken = folder["Flicker8k_Dataset", "30_c.jpg"];
        File.Delete(gone);
        File.WriteAllText(broken, "no picture");
        var holed = await CommandLine.RunAsync("data", "check", "flickr8k", "--root", folder.Path, "--media", "header");
        Assert.Equal(ExitCode.Failed, holed.ExitCode);
        string[] lines = holed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Contains(lines, line => line.Contains(gone, StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains(broken, StringComparison.Ordinal));
        Assert.Contains("2 problems", holed.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Statistics_are_json_with_every_split()
    {
        using var folder = new TemporaryFolder();
        TinyFlickr8k.Create(folder);
        var run = await CommandLine.RunAsync("data", "stats", "flickr8k", "--root", folder.Path, "--audio");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal(["train", "dev", "test"], run.Json.EnumerateObject().Select(split => split.Name));
        var train = run.Json.GetProperty("train");
        Assert.Equal((10, 2), (train.GetProperty("utterances").GetInt32(), train.GetProperty("images").GetInt32()));
        Assert.Equal(0.1, train.GetProperty("audio_seconds").GetProperty("mean").GetDouble(), 1e-9);
    }

    [Fact]
    public async Task An_unknown_name_is_answered_with_the_known_ones_and_a_missing_folder_is_named()
    {
        var unknown = await CommandLine.RunAsync("data", "check", "imagenet", "--root", ".");
        Assert.Equal((ExitCode.Failed, ""), (unknown.ExitCode, unknown.Output));
        Assert.Contains("flickr8k, littleworld, ln-coco, manifest, ravdess, spokencoco", unknown.Errors, StringComparison.Ordinal);
        var missing = await CommandLine.RunAsync("data", "stats", "flickr8k", "--root", "nowhere at all");
        Assert.Equal(ExitCode.Failed, missing.ExitCode);
        Assert.Contains("nowhere at all", missing.Errors, StringComparison.Ordinal);
    }
}
