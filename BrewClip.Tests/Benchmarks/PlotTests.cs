using BrewClip.Benchmarks;
using BrewClip.Benchmarks.Comparison;
using BrewClip.Benchmarks.Growth;
using BrewClip.Benchmarks.Plots;
using BrewClip.Core.Images;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Benchmarks;

public sealed class PlotTests
{
    [Fact]
    public void An_axis_gives_each_factor_of_ten_the_same_length()
    {
        var axis = new LogarithmicAxis([0.1, 1000], 100, 500);
        Assert.Equal([100, 200, 300, 400, 500], new[] { 0.1, 1, 10, 100, 1000 }.Select(value => Math.Round(axis.At(value), 6)));
        Assert.Equal([0.1, 1, 10, 100, 1000], axis.Ticks.Select(tick => Math.Round(tick, 6)));
        Assert.Throws<ArgumentException>(() => new LogarithmicAxis([0], 0, 1));
    }

    [Fact]
    public void Ticks_are_named_shortly() =>
        Assert.Equal(["0.05", "1", "500", "1 k", "20 k", "1 M"], new[] { 0.05, 1, 500, 1000, 20_000, 1e6 }.Select(LogarithmicAxis.Label));

    [Fact]
    public void Every_letter_of_the_labels_can_be_drawn()
    {
        var letters = Contests.All.SelectMany(contest => contest.Name)
            .Concat("BrewClip's time over the peer's (1: equal, left: BrewClip is faster)with BrewClip's sgemm_");
        Assert.All(letters, letter => Assert.True(BitmapFont.Has(letter), $"'{letter}'"));
    }

    [Fact]
    public void A_dot_stands_where_its_value_is()
    {
        var series = new GrowthSeries("a", "b", "c", [new GrowthPoint(1, 1), new GrowthPoint(10, 10), new GrowthPoint(100, 100)]);
        var image = GrowthPlot.Draw(series).ToImage();
        // The middle of both axes, which end at 130, 840 and at 460, 70.
        var pixel = image.Pixels.Slice((265 * image.Width + 485) * 3, 3);
        Assert.Equal([31, 98, 178], pixel.ToArray());
    }

    [Fact]
    public void What_compare_and_growth_write_becomes_files()
    {
        using var folder = new TemporaryFolder();
        var peer = new PeerResult("as installed", "1", [2], new RatioEstimate(0.5, 0.4, 0.6), null);
        new ComparisonReport(Machine.Here(), "compare", [new ComparisonResult("a/b", "work", 1, [1], [peer])]).Write(folder.Path);
        new GrowthReport(Machine.Here(), "growth", [new GrowthSeries("one", "t", "x", [new(1, 1), new(2, 3)])]).Write(folder.Path);
        Assert.Equal(0, PlotCommand.Run([Path.Combine(folder.Path, ComparisonReport.JsonName), "--out", folder.Path]));
        Assert.Equal(0, PlotCommand.Run([Path.Combine(folder.Path, GrowthReport.JsonName), "--out", folder.Path]));
        Assert.True(RgbImage.Load(Path.Combine(folder.Path, "ratios.png")).Width > 700);
        Assert.Equal(900, RgbImage.Load(Path.Combine(folder.Path, "one.png")).Width);
    }

    [Fact]
    public void A_report_without_peers_or_points_is_refused()
    {
        Assert.Throws<InvalidDataException>(
            () => RatioPlot.Draw(new ComparisonReport(Machine.Here(), "", [new ComparisonResult("a", "b", 1, [1], [])])));
        Assert.Throws<InvalidDataException>(() => GrowthPlot.Draw(new GrowthSeries("a", "b", "c", [new(1, 1)])));
    }
}
