using BrewClip.Benchmarks;
using BrewClip.Benchmarks.Comparison;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Benchmarks;

public sealed class ComparisonTests
{
    [Fact]
    public void A_ratio_is_that_of_the_medians_and_its_interval_holds_it()
    {
        var estimate = RatioEstimate.Of([1, 2, 3, 100, 2], [4, 4, 5, 300, 3]);
        Assert.Equal(0.5, estimate.Ratio);
        Assert.InRange(estimate.Ratio, estimate.Low, estimate.High);
        Assert.True(estimate.Low < estimate.High);
    }

    [Fact]
    public void Rounds_that_are_all_alike_have_no_spread()
    {
        var estimate = RatioEstimate.Of([2, 2, 2], [8, 8, 8]);
        Assert.Equal(new RatioEstimate(0.25, 0.25, 0.25), estimate);
    }

    [Fact]
    public void Rounds_must_stand_beside_each_other() => Assert.Throws<ArgumentException>(() => RatioEstimate.Of([1, 2], [1]));

    [Fact]
    public void An_even_number_of_times_has_the_mean_of_the_middle_two_as_its_median() =>
        Assert.Equal(2.5, RatioEstimate.Median([4, 1, 3, 2]));

    [Fact]
    public void A_name_stands_for_all_below_it_and_an_unknown_one_is_refused_with_the_list()
    {
        Assert.Equal(["log-mel/80", "log-mel/128"], Contests.Named(["log-mel"]).Select(contest => contest.Name));
        Assert.Equal(["image"], Contests.Named(["image"]).Select(contest => contest.Name));
        Assert.Contains("log-mel/80", Assert.Throws<ArgumentException>(() => Contests.Named(["log"])).Message);
    }

    [Fact]
    public void Every_contest_has_a_name_of_its_own_and_a_peer_that_is_there()
    {
        Assert.Equal(Contests.All.Count, Contests.All.Select(contest => contest.Name).Distinct().Count());
        Assert.All(Contests.All,
            contest => Assert.True(File.Exists(Path.Combine(AppContext.BaseDirectory, "Peers", contest.Script)), contest.Script));
    }

    [Fact]
    public void Options_are_read_and_wrong_ones_refused()
    {
        var options = ComparisonOptions.Parse(["image", "--rounds", "7", "--out", "somewhere"]);
        Assert.Equal((7, "somewhere"), (options.Rounds, options.Out));
        Assert.Equal(["image"], options.Names);
        Assert.Throws<ArgumentException>(() => ComparisonOptions.Parse(["--rounds", "0"]));
        Assert.Throws<ArgumentException>(() => ComparisonOptions.Parse(["--rounds"]));
        Assert.Contains(
            "--out lacks its value", Assert.Throws<ArgumentException>(() => ComparisonOptions.Parse(["--out", "--quick"])).Message);
        var quick = ComparisonOptions.Parse(["--rounds", "7", "--quick"]);
        Assert.Equal((7, 12.0), (quick.Rounds, quick.Seconds));
        Assert.Throws<ArgumentException>(() => ComparisonOptions.Parse(["--loud", "1"]));
    }

    [Fact]
    public void A_peer_that_is_missing_is_named_and_ours_is_timed_all_the_same()
    {
        var options =
            ComparisonOptions.Parse(["--rounds", "2", "--seconds", "1", "--python", "/no/such/python"]) with { RunMilliseconds = 1 };
        var result = new ComparisonRunner(options).Run(new Contest("sum", "a sum", "log_mel.py", UsesProducts: false, () => new Sum()));
        Assert.Equal(3, result.Items);
        Assert.Equal(2, result.Times.Count);
        var peer = Assert.Single(result.Peers);
        Assert.Contains("/no/such/python", peer.Missing);
        Assert.Contains("missing: '/no/such/python'", ComparisonReport.Row(result));
    }

    [Fact]
    public void A_report_is_read_as_it_was_written()
    {
        using var folder = new TemporaryFolder();
        var peer = new PeerResult("as installed", "1.13", [2, 4], new RatioEstimate(0.5, 0.4, 0.6), null);
        var missing = new PeerResult("other", "", [], null, "a module");
        var report = new ComparisonReport(Machine.Here(), "compare", [new ComparisonResult("a/b", "work", 1, [1, 2], [peer, missing])]);
        report.Write(folder.Path);
        var read = ComparisonReport.Read(Path.Combine(folder.Path, ComparisonReport.JsonName));
        Assert.Equal(report.ToMarkdown(), read.ToMarkdown());
        Assert.Contains("| work | 1.13 | 1.50 | 3.00 | 0.50 (0.40 to 0.60) | missing: a module |", read.ToMarkdown());
    }

    [Fact]
    public void A_row_names_what_ran_as_the_peer_even_if_it_stands_in_for_another()
    {
        var stand = new PeerResult("as installed", "torch.load 1.13 (safetensors is missing)", [2], new RatioEstimate(0.5, 0.5, 0.5), null);
        Assert.StartsWith(
            "| work | torch.load 1.13 (safetensors is missing) | 1.00 | 2.00 |",
            ComparisonReport.Row(new ComparisonResult("a", "work", 1, [1], [stand])));
        var ended = new PeerResult("as installed", "", [], null, "an answer: a | b");
        Assert.StartsWith(
            "| work |  | 1.00 | missing: an answer: a \\| b |", ComparisonReport.Row(new ComparisonResult("a", "work", 1, [1], [ended])));
    }

    [Fact]
    public void A_report_keeps_what_an_earlier_one_of_the_same_machine_has_besides()
    {
        static ComparisonResult Result(string name, double time) => new(name, "work", 1, [time], []);
        var earlier = new ComparisonReport(Machine.Here(), "first", [Result("a", 1), Result("c", 1)]);
        var later = new ComparisonReport(Machine.Here(), "second", [Result("b", 2), Result("c", 2)]);
        var both = later.With(earlier, ["a", "b", "c"]);
        Assert.Equal([("a", 1.0), ("b", 2.0), ("c", 2.0)], both.Results.Select(result => (result.Name, result.Median)));
        Assert.Equal("first\nsecond", both.Command);
        var fewer = (later with { Results = [Result("b", 2)] }).With(earlier, ["a", "b"]);
        Assert.Equal(["a", "b"], fewer.Results.Select(result => result.Name));
        Assert.Same(later, later.With(earlier with { Machine = Machine.Here() with { Threads = 99 } }, ["a", "b", "c"]));
    }

    private sealed class Sum : Workload
    {
        public override int Items => 3;

        public override void Run() => Thread.SpinWait(10);
    }
}
