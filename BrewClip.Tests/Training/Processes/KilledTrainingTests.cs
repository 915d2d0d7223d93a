using System.Text.Json;
using BrewClip.Core.Checkpoints;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Training.Processes;

public sealed class KilledTrainingTests
{
    private const int Steps = 800, CheckpointEvery = 5, Pause = 3;

    [Fact]
    public void A_process_killed_at_ten_random_moments_and_resumed_ends_as_an_undisturbed_one_bit_for_bit()
    {
        using var folder = new TemporaryFolder();
        using var whole = new TrainingProcess(folder["whole"], Steps, CheckpointEvery, pause: 0);
        var random = new Random(11);
        int reached = 0;
        for (int sitting = 0; sitting < 10; sitting++)
        {
            using var killed = new TrainingProcess(folder["pieces"], Steps, CheckpointEvery, Pause);
            Assert.True(killed.WaitForStep(reached + random.Next(1, 20)), "The run ended before it could be killed.");
            Thread.Sleep(random.Next(0, 12));
            reached = killed.Kill() ?? reached;
        }

        using var last = new TrainingProcess(folder["pieces"], Steps, CheckpointEvery, pause: 0);
        Assert.Equal((0, ""), last.Finish());
        Assert.Equal((0, ""), whole.Finish());
        AssertEqualCheckpoints(folder["whole", "last.safetensors"], folder["pieces", "last.safetensors"]);
        Assert.Equal(Losses(folder["whole", "train.jsonl"]), Losses(folder["pieces", "train.jsonl"]));
        Assert.Equal(
            11, File.ReadAllLines(folder["pieces", "train.jsonl"]).Count(line => line.Contains("started", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_checkpoint_that_finds_no_room_leaves_the_one_before_says_which_file_and_what_to_do_and_the_run_goes_on_later()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // Windows has no limit on the size of a process's files.
        }

        using var folder = new TemporaryFolder();
        using (var first = new TrainingProcess(folder["run"], 20, checkpointEvery: 0, Pause))
        {
            Assert.Equal((0, ""), first.Finish());
        }

        string checkpoint = folder["run", "last.safetensors"];
        byte[] before = File.ReadAllBytes(checkpoint);
        File.Delete(folder["run", "train.jsonl"]);
        using (var full = new TrainingProcess(folder["run"], 22, checkpointEvery: 1, Pause, largestFile: 4096))
        {
            var (code, errors) = full.Finish();
            Assert.Equal(TrainingProgram.Failed, code);
            Assert.Contains($"'{checkpoint}' could not be written", errors, StringComparison.Ordinal);
            Assert.Contains("make room and start again", errors, StringComparison.Ordinal);
        }

        Assert.Equal(before, File.ReadAllBytes(checkpoint));
        Assert.Empty(Directory.GetFiles(folder["run"], "*.tmp"));
        using var later = new TrainingProcess(folder["run"], 22, checkpointEvery: 1, Pause);
        Assert.Equal((0, ""), later.Finish());
        Assert.NotEqual(before, File.ReadAllBytes(checkpoint));
    }

    private static void AssertEqualCheckpoints(string expected, string actual)
    {
        using var first = SafetensorsFile.Open(expected);
        using var second = SafetensorsFile.Open(actual);
        Assert.Equal(first.Tensors.Keys.Order(), second.Tensors.Keys.Order());
        Assert.Contains("random_state", first.Tensors.Keys);
        Assert.All(first.Tensors.Keys, name => Assert.Equal(first.GetBytes(name).ToArray(), second.GetBytes(name).ToArray()));
        Assert.Equal(first.Metadata["optimizer_step"], second.Metadata["optimizer_step"]);
        Assert.Equal(Progress(first), Progress(second));
    }

    // All but the time that it took.
    private static IEnumerable<string> Progress(SafetensorsFile file)
    {
        using var json = JsonDocument.Parse(file.Metadata["progress"]);
        return [.. json.RootElement.EnumerateObject().Where(property => property.Name != "Seconds")
            .Select(property => property.ToString())];
    }

    private static List<(long Step, double Loss)> Losses(string log) =>
    [
        .. File.ReadLines(log).Select(line => JsonDocument.Parse(line).RootElement)
            .Where(line => line.GetProperty("event").GetString() == "step")
            .Select(line => (line.GetProperty("step").GetInt64(), line.GetProperty("terms").GetProperty("loss").GetDouble())),
    ];
}
