using BrewClip.Data.Loading;
using BrewClip.Tests.Support;
using BrewClip.Training;
using BrewClip.Training.Logging;
using BrewClip.Training.Schedules;

namespace BrewClip.Tests.Training;

[Collection(RandomStateCollection.Name)]
public sealed class TrainerTests
{
    private const long Steps = 60;

    private static readonly BatchLoaderOptions _batches = new() { BatchSize = 4, Seed = 3 };

    [Fact]
    public void A_run_killed_at_random_ten_times_and_resumed_ends_with_the_weights_of_an_undisturbed_one()
    {
        using var folder = new TemporaryFolder();
        var (expected, best) = Undisturbed(Options(folder["whole"]));
        var random = new Random(5);
        float[] weights = [];
        TrainingOutcome? outcome = null;
        for (int sitting = 0; sitting <= 10; sitting++)
        {
            int last = sitting == 10 ? int.MaxValue : random.Next(2, 9);
            using var task = new QuadraticTask { BeforeBackward = calls => Assert.True(calls < last, "killed") };
            using var loader = new BatchLoader<float[]>(new VectorSource(), _batches);
            var trainer = new Trainer<float[]>(task, loader, Options(folder["pieces"]) with { CheckpointEvery = 1 });
            try
            {
                outcome = trainer.Run();
                weights = task.Weights();
            }
            catch (Xunit.Sdk.TrueException) when (sitting < 10)
            {
                // As if the process had ended in the middle of a step.
            }
        }

        Assert.Equal(StopReason.Finished, outcome!.Reason);
        Assert.Equal(expected, weights);
        Assert.Equal(best, outcome.Best);
    }

    [Fact]
    public void Cancellation_saves_and_resuming_goes_on_bit_for_bit()
    {
        using var folder = new TemporaryFolder();
        var (expected, _) = Undisturbed(Options(folder["whole"]));
        using var stop = new CancellationTokenSource();
        using (var task = new QuadraticTask { BeforeBackward = calls => Cancel(stop, calls == 17) })
        using (var loader = new BatchLoader<float[]>(new VectorSource(), _batches))
        {
            var outcome = new Trainer<float[]>(task, loader, Options(folder["pieces"]) with { CheckpointEvery = 0 }).Run(stop.Token);
            Assert.Equal((StopReason.Cancelled, 17L), (outcome.Reason, outcome.Step));
        }

        using var resumed = new QuadraticTask();
        using var again = new BatchLoader<float[]>(new VectorSource(), _batches);
        new Trainer<float[]>(resumed, again, Options(folder["pieces"])).Run();
        Assert.Equal(expected, resumed.Weights());
    }

    [Fact]
    public void Training_ends_when_patience_does_and_keeps_the_best()
    {
        using var folder = new TemporaryFolder();
        using var task = new QuadraticTask { Evaluation = calls => calls == 20 ? 1 : calls };
        using var loader = new BatchLoader<float[]>(new VectorSource(), _batches);
        var outcome = new Trainer<float[]>(task, loader, Options(folder.Path) with { Patience = 2 }).Run();
        Assert.Equal((StopReason.NoImprovement, 40L, 1.0, 20L), (outcome.Reason, outcome.Step, outcome.Best!.Value, outcome.BestStep));
        Assert.Equal("20", File.ReadAllText(folder["best", "calls.txt"]));

        // Started again it has no more patience than before.
        using var again = new BatchLoader<float[]>(new VectorSource(), _batches);
        var second = new Trainer<float[]>(task, again, Options(folder.Path) with { Patience = 2 }).Run();
        Assert.Equal((StopReason.NoImprovement, 40L), (second.Reason, second.Step));
    }

    [Fact]
    public void A_checkpoint_of_another_task_is_refused_and_so_is_a_torn_one()
    {
        using var folder = new TemporaryFolder();
        Undisturbed(Options(folder.Path));
        using var task = new QuadraticTask();
        using var optimizer = new AdamOptions().Create(task.Parameters, 1e-3);
        string path = folder["last.safetensors"];
        var wrong = Assert.Throws<InvalidDataException>(() => TrainingCheckpoint.Load(path, optimizer, "another"));
        Assert.Contains("another run", wrong.Message, StringComparison.Ordinal);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^5]);
        Assert.Throws<InvalidDataException>(() => TrainingCheckpoint.Load(path, optimizer, "quadratic 8"));
    }

    [Fact]
    public void Damaged_examples_are_left_out_counted_and_named()
    {
        using var folder = new TemporaryFolder();
        using var task = new QuadraticTask();
        using var loader = new BatchLoader<float[]>(new VectorSource(damaged: true), _batches);
        var outcome = new Trainer<float[]>(task, loader, Options(folder.Path) with { Steps = 10 }).Run();
        Assert.Equal(8, outcome.Skipped.Count);
        Assert.Contains(outcome.Skipped, skipped => skipped is { Name: "vector 35", Reason: "vector 35 is damaged." });
        Assert.True(loader.SkippedCount >= 8);
    }

    [Fact]
    public void A_loss_that_is_no_number_ends_the_run_with_a_sentence_and_the_last_checkpoint_stays()
    {
        using var folder = new TemporaryFolder();
        using var task = new QuadraticTask { Evaluation = _ => 1 };
        using var loader = new BatchLoader<float[]>(new InfiniteAfter(30), _batches);
        var error = Assert.Throws<ArithmeticException>(
            () => new Trainer<float[]>(task, loader, Options(folder.Path) with { CheckpointEvery = 1 }).Run());
        Assert.Contains("lower the learning rate", error.Message, StringComparison.Ordinal);
        Assert.All(task.Weights(), weight => Assert.True(float.IsFinite(weight)));
        Assert.True(File.Exists(folder["last.safetensors"]));
    }

    [Fact]
    public void Two_thousand_steps_leave_neither_tensors_nor_memory_behind()
    {
        using var folder = new TemporaryFolder();
        using var task = new QuadraticTask();
        using var loader = new BatchLoader<float[]>(new VectorSource(), _batches);
        var options = Options(folder.Path) with { Steps = 2_200, EvaluateEvery = 500, CheckpointEvery = 500, ReportEvery = 200 };
        var memory = new MemoryAt(200, 2_200);
        new Trainer<float[]>(task, loader, options, memory).Run();
        memory.AssertSteady(200, 2_200);
    }

    [Fact]
    public void A_checkpoint_that_cannot_be_written_leaves_the_one_before_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        Undisturbed(Options(folder.Path));
        string path = folder["last.safetensors"];
        byte[] before = File.ReadAllBytes(path);
        using var task = new QuadraticTask();
        using var optimizer = new AdamOptions().Create(task.Parameters, 1e-3);
        optimizer.Moments(2).Mean.Dispose();
        Assert.ThrowsAny<Exception>(() => TrainingCheckpoint.Save(path, optimizer, new TrainingProgress(), "quadratic 8"));
        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    private static TrainerOptions Options(string folder) => new()
    {
        Folder = folder,
        Steps = Steps,
        Schedule = new WarmupLinearDecay { PeakRate = 1e-2, WarmupSteps = 5, TotalSteps = (int)Steps },
        EvaluateEvery = 10,
        CheckpointEvery = 7,
        ReportEvery = 1,
    };

    private static (float[] Weights, double? Best) Undisturbed(TrainerOptions options)
    {
        using var task = new QuadraticTask();
        using var loader = new BatchLoader<float[]>(new VectorSource(), _batches);
        var outcome = new Trainer<float[]>(task, loader, options).Run();
        return (task.Weights(), outcome.Best);
    }

    private static void Cancel(CancellationTokenSource source, bool now)
    {
        if (now)
        {
            source.Cancel();
        }
    }

    private sealed class InfiniteAfter(int calls) : IExampleSource<float[]>
    {
        private int _calls;

        public int Count => 40;

        public string NameOf(int index) => $"{index}";

        public string GroupOf(int index) => $"{index}";

        public long LengthOf(int index) => 0;

        public float[] Load(int index, BrewClip.Data.DeterministicRandom random) =>
            Interlocked.Increment(ref _calls) > calls ? [float.PositiveInfinity, 0, 0, 0, 0, 0] : [1, 2, 3, 4, 5, 6];
    }
}
