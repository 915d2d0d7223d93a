using BrewClip.Training.Evaluation;

namespace BrewClip.Tests.Training.Evaluation;

public sealed class BootstrapIntervalTests
{
    [Fact]
    public void The_interval_of_a_share_is_close_to_the_normal_approximation()
    {
        double[] values = [.. Enumerable.Range(0, 1000).Select(i => i % 10 < 3 ? 1.0 : 0.0)];
        var interval = BootstrapInterval.Compute(values);
        double error = Math.Sqrt(0.3 * 0.7 / 1000);
        Assert.Equal(0.3, interval.Mean, 1e-12);
        Assert.Equal(0.3 - 1.96 * error, interval.Low, 0.004);
        Assert.Equal(0.3 + 1.96 * error, interval.High, 0.004);
    }

    [Fact]
    public void The_same_seed_gives_the_same_interval_and_another_seed_a_different_one()
    {
        double[] values = [.. Enumerable.Range(0, 50).Select(i => Math.Sin(i))];
        var first = BootstrapInterval.Compute(values, new BootstrapOptions { Seed = 1 });
        Assert.Equal(first, BootstrapInterval.Compute(values, new BootstrapOptions { Seed = 1 }));
        Assert.NotEqual(first, BootstrapInterval.Compute(values, new BootstrapOptions { Seed = 2 }));
    }

    [Fact]
    public void Values_that_repeat_within_clusters_give_the_wider_interval_of_the_clusters()
    {
        double[] single = [.. Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? 1.0 : 0.0)];
        double[] repeated = [.. single.SelectMany(value => Enumerable.Repeat(value, 25))];
        string[] clusters = [.. Enumerable.Range(0, repeated.Length).Select(i => $"{i / 25}")];
        var naive = BootstrapInterval.Compute(repeated);
        var clustered = BootstrapInterval.ComputeClustered(repeated, clusters);
        Assert.Equal(BootstrapInterval.Compute(single), clustered);
        Assert.True(clustered.High - clustered.Low > 4 * (naive.High - naive.Low));
    }

    [Fact]
    public void Equal_values_have_an_interval_of_no_width() =>
        Assert.Equal(new BootstrapInterval(0.25, 0.25, 0.25, 0.95), BootstrapInterval.Compute([0.25, 0.25, 0.25]));

    [Fact]
    public void Nothing_and_numbers_that_are_not_finite_are_refused()
    {
        Assert.Throws<ArgumentException>(() => BootstrapInterval.Compute([]));
        Assert.Throws<ArgumentException>(() => BootstrapInterval.Compute([1, double.NaN]));
        Assert.Throws<ArgumentException>(() => BootstrapInterval.ComputeClustered([1, 2], ["a"]));
        Assert.Throws<ArgumentException>(() => BootstrapInterval.Compute([1], new BootstrapOptions { Level = 1 }));
    }
}
