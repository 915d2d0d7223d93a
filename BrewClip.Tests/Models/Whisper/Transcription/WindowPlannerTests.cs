using BrewClip.Models.Whisper.Transcription;

namespace BrewClip.Tests.Models.Whisper.Transcription;

public class WindowPlannerTests
{
    [Fact]
    public void Windows_follow_one_another_to_the_end()
    {
        Assert.Equal([(0, 3000), (3000, 3000), (6000, 500)], Windows(new WindowPlanner(6500, 3000, [])));
    }

    [Fact]
    public void Clips_are_read_alone_and_end_with_the_sound()
    {
        Assert.Equal([(100, 150), (6000, 500)], Windows(new WindowPlanner(6500, 3000, [1, 2.5, 60])));
        Assert.Equal([(100, 3000), (3100, 3000), (6100, 400)], Windows(new WindowPlanner(6500, 3000, [1, 1000])));
        Assert.Empty(Windows(new WindowPlanner(6500, 3000, [100, 200])));
        Assert.Empty(Windows(new WindowPlanner(6500, 3000, [1, 1])));
    }

    [Fact]
    public void An_end_heard_past_that_of_a_clip_takes_nothing_from_the_next()
    {
        var planner = new WindowPlanner(6500, 3000, [0, 5, 5, 10]);
        var first = planner.Next()!.Value;
        planner.Continue(first, 520);
        var second = planner.Next()!.Value;
        Assert.Equal((500, 500), (second.Seek, second.Size));
    }

    [Fact]
    public void No_sound_has_no_window()
    {
        var planner = new WindowPlanner(0, 3000, []);
        Assert.Null(planner.Next());
        Assert.Equal(0, planner.Position);
    }

    [Fact]
    public void Reading_goes_on_from_where_it_is_told_and_never_stands_still()
    {
        var planner = new WindowPlanner(6500, 1000, []);
        var first = planner.Next()!.Value;
        planner.Continue(first, 420);
        var second = planner.Next()!.Value;
        Assert.Equal((420, 1000, 4.2, 10.0, 14.2), (second.Seek, second.Size, second.Offset, second.Duration, second.CapacityEnd));
        planner.Continue(second, 420);
        Assert.Equal(1420, planner.Next()!.Value.Seek);
    }

    private static List<(int Seek, int Size)> Windows(WindowPlanner planner)
    {
        var windows = new List<(int, int)>();
        while (planner.Next() is { } window)
        {
            windows.Add((window.Seek, window.Size));
            planner.Continue(window, window.Seek + window.Size);
        }

        return windows;
    }
}
