using BrewClip.Benchmarks;
using BrewClip.Benchmarks.Comparison;
using BrewClip.Benchmarks.Growth;
using BrewClip.Benchmarks.Quick;

namespace BrewClip.Tests.Benchmarks;

public sealed class CommandTests
{
    [Theory]
    [InlineData("quik")]
    [InlineData("ground", "harder")]
    [InlineData("training", "many")]
    [InlineData("training", "64", "0")]
    [InlineData("training", "64", "12", "3")]
    [InlineData("whisper", "whisper-enormous")]
    [InlineData("growth", "--out", "--quick")]
    [InlineData("growth", "fast")]
    [InlineData("compare", "nothing")]
    [InlineData("quick", "nothing")]
    [InlineData("gpu", "nothing")]
    [InlineData("plot", "nothing")]
    public void What_no_command_understands_ends_with_two(params string[] arguments) =>
        Assert.Equal(2, BrewClip.Benchmarks.Program.Main(arguments));

    [Fact]
    public void Growth_reads_its_arguments_in_any_order()
    {
        Assert.Equal((true, "folder"), GrowthCommand.Parse(["--out", "folder", "--quick"]));
        Assert.Equal((true, "folder"), GrowthCommand.Parse(["--quick", "--out", "folder"]));
        Assert.Equal((false, null), GrowthCommand.Parse([]));
        Assert.Contains("--out lacks its value", Assert.Throws<ArgumentException>(() => GrowthCommand.Parse(["--out"])).Message);
    }

    [Fact]
    public void A_number_out_of_its_range_is_named_with_the_range()
    {
        Assert.Equal(12, CommandArguments.Number("The number of steps", "12", 100));
        Assert.Equal(
            "The number of steps is 'x': 1 to 100 is expected.",
            Assert.Throws<ArgumentException>(() => CommandArguments.Number("The number of steps", "x", 100)).Message);
        Assert.Throws<ArgumentException>(() => CommandArguments.Number("The number of steps", "101", 100));
    }

    [Fact]
    public void The_quick_table_has_a_row_of_every_path()
    {
        static string Path(Contest contest) => contest.Name.Split('/')[0];
        var quick = Contests.Named(QuickReport.Names);
        Assert.Equal(Contests.All.Select(Path).Distinct(), quick.Select(Path).Distinct());
        string[] named =
        [
            "tokenize/clip", "tokenize/whisper", "whisper-encoder/tiny", "whisper-encoder/small", "whisper-step/tiny/1",
            "whisper-step/small/16", "clip-image/b32/16", "clip-image/l14/1", "clip-text/l14/16", "encode-speech/1", "encode-speech/16",
            "search/10000/1", "search/1000000/1", "search-saved/open", "epoch", "training-step",
        ];
        Assert.Empty(named.Except(quick.Select(contest => contest.Name)));
    }

    [Fact]
    public void A_quick_row_is_the_shortest_run_beside_the_ceiling()
    {
        using var workload = new Counting();
        var row = QuickReport.Measure("counting", workload);
        Assert.True(workload.Runs >= 4, $"{workload.Runs} runs");
        Assert.True(row.Milliseconds > 0);
        Assert.True(row.AllocatedBytes >= 1000);
        var ceiling = new CpuCeiling(1e12, 1e11);
        Assert.Equal(0.5, (row with { Milliseconds = 2, Operations = 1e9, Bytes = 1e7 }).Share(ceiling)!.Value, 6);
        Assert.Equal(0.5, (row with { Milliseconds = 2, Operations = 1e8, Bytes = 1e8 }).Share(ceiling)!.Value, 6);
        Assert.Null(row.Share(ceiling));
    }

    private sealed class Counting : Workload
    {
        private byte[] _block = [];

        public int Runs { get; private set; }

        public override void Run()
        {
            _block = new byte[1000 + _block.Length % 2];
            Runs++;
            Thread.Sleep(20);
        }
    }
}
