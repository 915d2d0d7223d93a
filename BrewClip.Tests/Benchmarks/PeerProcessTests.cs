using BrewClip.Benchmarks;
using BrewClip.Benchmarks.Comparison;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Benchmarks;

/// <summary>Peers of a few lines of shell, which speak Peers/line_protocol.py's protocol.</summary>
public sealed class PeerProcessTests
{
    private const string Shell = "/bin/sh";

    [Fact]
    public void What_a_library_says_before_the_greeting_is_passed_over_and_the_answers_are_taken()
    {
        var result = Compare("""
            echo "a library talks"
            echo "ready fake 1.0"
            while read line; do echo 0.5; done
            """);
        if (result is not null)
        {
            var peer = Assert.Single(result.Peers);
            Assert.Equal(("fake 1.0", null, 500.0), (peer.Versions, peer.Missing, peer.Median));
            Assert.Equal(2, peer.Times.Count);
            Assert.NotNull(peer.Ratio);
        }
    }

    [Fact]
    public void A_peer_that_ends_in_the_midst_is_left_out_with_its_last_words_and_ours_is_timed_all_the_same()
    {
        var result = Compare("""
            echo "ready fake 1.0"
            read line; echo 0.001
            read line; echo "no memory left" >&2; exit 3
            """);
        if (result is not null)
        {
            Assert.Equal(2, result.Times.Count);
            var peer = Assert.Single(result.Peers);
            Assert.Empty(peer.Times);
            Assert.Contains("ended with code 3", peer.Missing);
            Assert.Contains("no memory left", peer.Missing);
        }
    }

    [Theory]
    [InlineData("echo 'missing a module'; exit 0", "a module")]
    [InlineData("echo 'it breaks' >&2; exit 1", "ended with code 1. it breaks")]
    [InlineData("echo 'ready fake 1.0'; read line; echo soon; read line", "answered 'soon'")]
    public void A_peer_that_does_not_run_is_missing_for_a_reason(string script, string reason)
    {
        if (Compare(script) is { } result)
        {
            Assert.Contains(reason, Assert.Single(result.Peers).Missing);
        }
    }

    // Null where there is no such shell.
    private static ComparisonResult? Compare(string script)
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["peer.sh"], script.ReplaceLineEndings("\n"));
        var options = ComparisonOptions.Parse(["--rounds", "2", "--seconds", "1", "--python", Shell]) with { RunMilliseconds = 1 };
        return new ComparisonRunner(options).Run(new Contest("sum", "a sum", folder["peer.sh"], UsesProducts: false, () => new Nothing()));
    }

    private sealed class Nothing : Workload
    {
        public override void Run() => Thread.SpinWait(10);
    }
}
