using BrewClip.Data;
using BrewClip.Data.Loading;

namespace BrewClip.Tests.Data.Loading;

public sealed class BatchLoaderTests
{
    [Fact]
    public void The_order_follows_from_seed_and_epoch_alone()
    {
        var options = new BatchLoaderOptions { BatchSize = 4, Seed = 9 };
        Assert.Equal(Take(options, 12), Take(options with { QueueCapacity = 1, Workers = 3 }, 12));
        Assert.NotEqual(Take(options, 12), Take(options with { Seed = 10 }, 12));
        var first = EpochPlan.Create(new Numbers(), options, 0);
        var second = EpochPlan.Create(new Numbers(), options, 1);
        Assert.NotEqual(first.SelectMany(batch => batch), second.SelectMany(batch => batch));
    }

    [Fact]
    public async Task A_source_that_breaks_between_epochs_is_reported_every_time_and_never_blocks_the_end()
    {
        var options = new BatchLoaderOptions { BatchSize = 5, QueueCapacity = 1, BucketBatches = 2, Shuffle = false };
        var loader = new BatchLoader<string>(new BrokenLengths(20), options);
        for (int i = 0; i < 4; i++)
        {
            loader.Next();
        }

        Assert.Equal("The lengths are gone.", Assert.Throws<InvalidOperationException>(() => loader.Next()).Message);
        Assert.Equal("The lengths are gone.", Assert.Throws<InvalidOperationException>(() => loader.Next()).Message);
        Assert.InRange(loader.Ready, 0, 1);
        loader.Dispose();

        var left = new BatchLoader<string>(new BrokenLengths(20), options with { QueueCapacity = 1 });
        left.Next();
        await Task.Delay(50);
        await Task.Run(left.Dispose).WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 3)]
    [InlineData(false, 0)]
    public void A_batch_as_large_as_a_number_holds_is_all_there_is(bool distinct, int buckets)
    {
        var options =
            new BatchLoaderOptions { BatchSize = int.MaxValue, DistinctGroups = distinct, BucketBatches = buckets, DropLast = false };
        Assert.Equal(
            Enumerable.Range(0, new Numbers().Count), EpochPlan.Create(new Numbers(), options, 0).SelectMany(batch => batch).Order());
    }

    [Fact]
    public void A_loader_may_be_disposed_twice_and_gives_nothing_after()
    {
        var loader = new BatchLoader<string>(new Numbers(), new BatchLoaderOptions { BatchSize = 4 });
        loader.Next();
        loader.Dispose();
        loader.Dispose();
        Assert.Throws<ObjectDisposedException>(() => loader.Next());
    }

    [Fact]
    public void A_loader_at_a_position_gives_what_the_first_would_have_given()
    {
        var options = new BatchLoaderOptions { BatchSize = 4, Seed = 9 };
        var whole = Take(options, 23);
        for (int start = 0; start < 23; start += 5)
        {
            using var first = new BatchLoader<string>(new Numbers(), options);
            for (int i = 0; i < start; i++)
            {
                first.Next();
            }

            using var resumed = new BatchLoader<string>(new Numbers(), options);
            resumed.Seek(first.Position);
            Assert.Equal(whole[start..], Enumerable.Range(start, 23 - start).Select(_ => string.Join(' ', resumed.Next().Examples)));
        }
    }

    [Fact]
    public void An_epoch_gives_every_example_once()
    {
        foreach (var options in (BatchLoaderOptions[])[
            new() { BatchSize = 4, DropLast = false },
            new() { BatchSize = 4, DropLast = false, DistinctGroups = true },
            new() { BatchSize = 4, DropLast = false, BucketBatches = 2 },
            new() { BatchSize = 4, DropLast = false, Shuffle = false }])
        {
            var plan = EpochPlan.Create(new Numbers(), options, 3);
            Assert.Equal(Enumerable.Range(0, 30), plan.SelectMany(batch => batch).Order());
        }
    }

    [Fact]
    public void Distinct_groups_never_meet_in_a_batch()
    {
        var plan = EpochPlan.Create(new Numbers(), new BatchLoaderOptions { BatchSize = 5, DistinctGroups = true }, 1);
        Assert.All(plan, batch => Assert.Equal(batch.Length, batch.Select(index => index / 3).Distinct().Count()));
        Assert.True(plan.Count >= 5);
    }

    [Fact]
    public void Buckets_bring_like_lengths_together()
    {
        static double Spread(IReadOnlyList<int[]> plan) => plan.Average(batch => batch.Max(i => i % 11) - batch.Min(i => i % 11));
        var options = new BatchLoaderOptions { BatchSize = 5, Seed = 2 };
        double bucketed = Spread(EpochPlan.Create(new Numbers(), options with { BucketBatches = 6 }, 0));
        Assert.True(bucketed < 0.5 * Spread(EpochPlan.Create(new Numbers(), options, 0)));
    }

    [Fact]
    public void Cancellation_while_waiting_loses_no_batch()
    {
        var options = new BatchLoaderOptions { BatchSize = 4, Seed = 9 };
        var whole = Take(options, 5);
        using var slow = new BatchLoader<string>(new Numbers(delay: 20), options);
        Assert.Equal(whole[0], string.Join(' ', slow.Next().Examples));
        using var stop = new CancellationTokenSource(5);
        try
        {
            while (true)
            {
                slow.Next(stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // What was taken before is not taken again, and what was not is not lost.
        }

        int done = slow.Position.Batch;
        Assert.Equal(whole[Math.Min(done, 4)], string.Join(' ', slow.Next().Examples));
    }

    [Fact]
    public void Where_nothing_can_be_loaded_the_first_reason_is_told()
    {
        using var loader = new BatchLoader<string>(new Numbers(damaged: true), new BatchLoaderOptions { BatchSize = 4 });
        var error = Assert.Throws<InvalidDataException>(() => loader.Next());
        Assert.Contains("is no number", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_of_the_program_is_not_taken_for_a_damaged_example()
    {
        using var loader = new BatchLoader<string>(new Numbers(broken: true), new BatchLoaderOptions { BatchSize = 4 });
        Assert.Throws<InvalidOperationException>(() => loader.Next());
    }

    [Fact]
    public void Too_few_examples_and_contradicting_options_are_refused()
    {
        Assert.Throws<InvalidDataException>(() => new BatchLoader<string>(new Numbers(), new BatchLoaderOptions { BatchSize = 31 }));
        var nothing = Assert.Throws<InvalidDataException>(() => new BatchLoader<string>(new BrokenLengths(0), new BatchLoaderOptions()));
        Assert.Contains("no example to make a batch of", nothing.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(
            () => new BatchLoader<string>(new Numbers(), new BatchLoaderOptions { BucketBatches = 1, DistinctGroups = true }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BatchLoader<string>(new Numbers(), new BatchLoaderOptions { BatchSize = 0 }));
    }

    private static List<string> Take(BatchLoaderOptions options, int count)
    {
        using var loader = new BatchLoader<string>(new Numbers(), options);
        return [.. Enumerable.Range(0, count).Select(_ => string.Join(' ', loader.Next().Examples))];
    }

    private sealed class Numbers(int delay = 0, bool damaged = false, bool broken = false) : IExampleSource<string>
    {
        public int Count => 30;

        public string NameOf(int index) => $"number {index}";

        public string GroupOf(int index) => $"{index / 3}";

        public long LengthOf(int index) => index % 11;

        public string Load(int index, DeterministicRandom random)
        {
            Thread.Sleep(delay);
            return damaged ? throw new InvalidDataException($"{index} is no number.")
                : broken ? throw new InvalidOperationException("broken")
                : $"{index}:{random.Next(1000)}";
        }
    }

    // Lengths are asked for once an epoch, and once when the loader is made: after two epochs there are none.
    private sealed class BrokenLengths(int count) : IExampleSource<string>
    {
        private int _asked;

        public int Count => count;

        public string NameOf(int index) => $"{index}";

        public string GroupOf(int index) => $"{index}";

        public long LengthOf(int index) =>
            Interlocked.Increment(ref _asked) <= 2 * count ? index : throw new InvalidOperationException("The lengths are gone.");

        public string Load(int index, DeterministicRandom random) => $"{index}";
    }
}
