using System.Text.Json;
using BrewClip.Tests.Support;
using BrewClip.Training.Schedules;

namespace BrewClip.Tests.Training.Schedules;

public sealed class WarmupLinearDecayTests
{
    [Fact]
    public void Rates_equal_those_of_the_golden_training_run()
    {
        var schedule = new WarmupLinearDecay { PeakRate = 1e-3, FinalRate = 1e-8, WarmupSteps = 2, TotalSteps = 5 };
        using var json = JsonDocument.Parse(File.ReadAllText(TestFiles.Golden("brew", "brew.json")));
        foreach (var step in json.RootElement.GetProperty("published").GetProperty("training").EnumerateArray())
        {
            double expected = step.GetProperty("lr").GetDouble();
            Assert.Equal(expected, schedule.RateAt(step.GetProperty("step").GetInt32()), expected * 1e-6);
        }
    }

    [Fact]
    public void The_papers_schedule_climbs_to_its_peak_at_the_end_of_the_warm_up_and_ends_at_its_final_rate()
    {
        var schedule = new WarmupLinearDecay();
        Assert.Equal(1e-4 / 5000, schedule.RateAt(0), 1e-12);
        Assert.Equal(1e-4, schedule.RateAt(4999), 1e-12);
        Assert.True(schedule.RateAt(5000) < 1e-4);
        Assert.Equal(1e-8, schedule.RateAt(99_999), 1e-14);
        Assert.Equal(1e-8, schedule.RateAt(1_000_000), 1e-14);
    }

    [Theory]
    [InlineData(0, 1e-8, 2, 5, "peak rate")]
    [InlineData(1e-3, 1e-2, 2, 5, "final rate")]
    [InlineData(1e-3, 1e-8, 6, 5, "warm-up")]
    public void Contradictory_numbers_are_refused_by_name(double peak, double final, int warmup, int total, string named)
    {
        var schedule = new WarmupLinearDecay { PeakRate = peak, FinalRate = final, WarmupSteps = warmup, TotalSteps = total };
        Assert.Contains(named, Assert.Throws<ArgumentException>(schedule.Validate).Message);
    }
}
