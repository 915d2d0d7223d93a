using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using BrewClip.Tests.Support;
using BrewClip.Training.Logging;

namespace BrewClip.Tests.Training.Logging;

public sealed class LogTests
{
    [Fact]
    public void An_event_file_holds_records_whose_checksums_are_TensorBoards()
    {
        using var folder = new TemporaryFolder();
        using (var log = new TensorBoardLog(folder.Path))
        {
            Run(log, 0, [1, 2]);
        }

        byte[] bytes = File.ReadAllBytes(Assert.Single(Directory.GetFiles(folder.Path, "events.out.tfevents.*")));
        var messages = new List<byte[]>();
        for (int at = 0; at < bytes.Length;)
        {
            int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at));
            Assert.Equal(TensorBoardLog.Masked(bytes.AsSpan(at, 8)), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 8)));
            messages.Add(bytes[(at + 12)..(at + 12 + length)]);
            Assert.Equal(TensorBoardLog.Masked(messages[^1]), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 12 + length)));
            at += 16 + length;
        }

        Assert.Equal(1 + 2 * 5 + 1, messages.Count);
        Assert.Contains("brain.Event:2", Encoding.UTF8.GetString(messages[0]), StringComparison.Ordinal);
        Assert.Contains("train/loss", Encoding.UTF8.GetString(messages[1]), StringComparison.Ordinal);
    }

    [Fact]
    public void The_masked_checksum_is_that_of_the_published_definition()
    {
        // RFC 3720, B.4: 32 bytes of zeros have CRC-32C 8A9136AA.
        uint checksum = 0x8A9136AA;
        Assert.Equal(unchecked(((checksum >> 15) | (checksum << 17)) + 0xA282EAD8), TensorBoardLog.Masked(new byte[32]));
    }

    [Fact]
    public void A_scalar_is_the_protocol_buffer_that_the_definition_spells()
    {
        byte[] message = EventMessage.Scalar("loss", 300, 1.5f);
        // After wall_time: field 2 varint 300, field 5 with 13 bytes: field 1 with 11: tag "loss", simple_value 1.5.
        byte[] expected = [0x10, 0xAC, 0x02, 0x2A, 0x0D, 0x0A, 0x0B, 0x0A, 0x04, .. "loss"u8, 0x15, 0x00, 0x00, 0xC0, 0x3F];
        Assert.Equal(0x09, message[0]);
        Assert.Equal(expected, message[9..]);
    }

    [Fact]
    public void A_resumed_log_forgets_the_steps_that_are_done_again_and_a_line_cut_by_a_crash()
    {
        using var folder = new TemporaryFolder();
        string path = folder["logs", "train.jsonl"];
        using (var log = new JsonLinesLog(path))
        {
            Run(log, 0, [1, 2, 3, 4]);
        }

        File.AppendAllText(path, "{\"event\":\"st");
        using (var log = new JsonLinesLog(path))
        {
            Run(log, 2, [3, 4, 5]);
        }

        var lines = File.ReadLines(path).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(
            [1, 2, 3, 4, 5],
            lines.Where(line => line.GetProperty("event").GetString() == "step").Select(line => line.GetProperty("step").GetInt32()));
        Assert.Equal(
            0.5, lines.First(line => line.GetProperty("event").GetString() == "step").GetProperty("terms").GetProperty("loss").GetDouble());
    }

    [Fact]
    public void The_console_says_what_a_person_wants_to_know()
    {
        using var text = new StringWriter();
        Run(new ConsoleProgress(text), 0, [1]);
        Assert.Contains("step 1/10  loss 0.5", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("waiting 0 %  queue 100 %", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("evaluation at step 1: recall_mean 0.25  (best so far)", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_of_days_is_told_in_hours()
    {
        using var text = new StringWriter();
        new ConsoleProgress(text).Stepped(Report(5, TimeSpan.FromHours(30)));
        Assert.Contains("elapsed 30:00:00, remaining 30:00:00", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_thousand_examples_that_were_left_out_do_not_fill_the_screen()
    {
        using var text = new StringWriter();
        var skipped = Enumerable.Range(0, 1000).Select(i => new BrewClip.Data.Loading.SkippedExample($"{i}", "silent")).ToList();
        new ConsoleProgress(text).Finished(new TrainingOutcome(StopReason.Finished, 5, null, 0, skipped));
        Assert.Equal(1 + 20 + 1, text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("left out: 980 more", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_result_that_is_no_number_is_logged_and_ends_no_run()
    {
        using var folder = new TemporaryFolder();
        using (var log = new JsonLinesLog(folder["train.jsonl"]))
        {
            log.Started(new TrainingStart("toy", 0, 10, 3));
            log.Evaluated(
                new EvaluationReport(
                    5, new Dictionary<string, double> { ["word_error_rate"] = double.PositiveInfinity }, false, TimeSpan.Zero));
            log.Stepped(Report(6, TimeSpan.Zero));
        }

        var lines = File.ReadLines(folder["train.jsonl"]).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal("Infinity", lines[1].GetProperty("results").GetProperty("word_error_rate").GetString());
        Assert.Equal(6, lines[2].GetProperty("step").GetInt32());
    }

    private static void Run(ITrainingObserver log, long start, int[] steps)
    {
        log.Started(new TrainingStart("toy", start, 10, 3));
        foreach (int step in steps)
        {
            log.Stepped(Report(step, TimeSpan.FromSeconds(step)));
        }

        log.Evaluated(
            new EvaluationReport(steps[^1], new Dictionary<string, double> { ["recall_mean"] = 0.25 }, true, TimeSpan.FromSeconds(9)));
    }
    private static StepReport Report(int step, TimeSpan elapsed) => new()
    {
        Step = step,
        Steps = 10,
        Epoch = 0,
        Rate = 1e-3,
        GradientNorm = 2,
        Terms = new Dictionary<string, double> { ["loss"] = 0.5 },
        Examples = 4,
        StepSeconds = 0.1,
        WaitingSeconds = 0,
        Occupancy = 1,
        Skipped = 0,
        Elapsed = elapsed,
    };
}
