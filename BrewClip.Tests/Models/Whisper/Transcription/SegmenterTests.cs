using BrewClip.Models.Whisper.Transcription;

namespace BrewClip.Tests.Models.Whisper.Transcription;

/// <summary>Tokens of one window, written as timestamps in seconds (t) and text (w).</summary>
public class SegmenterTests
{
    private static readonly TranscriptionWindow _window = new(200, 2500, 3000);

    [Fact]
    public void Pairs_of_timestamps_part_segments_and_the_unfinished_rest_is_heard_again()
    {
        var cut = Cut(T(0), 500, T(2), T(2), 501, 502, T(5), T(5), 503);
        Assert.Equal([(2.0, 4.0, 3), (4.0, 7.0, 4)], Spans(cut));
        Assert.Equal((200 + 500, false), (cut.Seek, cut.EndsInSilence));
    }

    [Fact]
    public void A_single_timestamp_at_the_end_finishes_the_window()
    {
        var cut = Cut(T(0), 500, T(2), T(2), 501, T(5));
        Assert.Equal([(2.0, 4.0, 3), (4.0, 7.0, 3)], Spans(cut));
        Assert.Equal((2700, true), (cut.Seek, cut.EndsInSilence));
    }

    [Fact]
    public void Without_pairs_the_window_is_one_segment_up_to_its_last_timestamp()
    {
        Assert.Equal([(2.0, 9.0, 3)], Spans(Cut(T(0), 500, T(7))));
        Assert.Equal([(2.0, 27.0, 2)], Spans(Cut(500, 501)));
        Assert.Equal([(2.0, 27.0, 2)], Spans(Cut(T(0), 501)));
        Assert.Equal([(2.0, 27.0, 0)], Spans(Cut()));
        Assert.Equal(2700, Cut(T(0), 500, T(7)).Seek);
    }

    [Fact]
    public void An_instant_and_white_space_hold_nothing()
    {
        var segments = Cut(T(1), 500, T(1), T(1), 220, T(3), T(3), 500, T(4), T(4)).Segments;
        segments.ForEach(segment => segment.ClearIfEmpty());
        Assert.Equal([0, 0, 3], segments.Select(segment => segment.Tokens.Length));
        Assert.Equal(["", "", " w500"], segments.Select(segment => segment.Text));
    }

    private static int T(double seconds) => 50364 + (int)Math.Round(seconds / 0.02);

    private static (double, double, int)[] Spans(Segmentation cut) =>
        [.. cut.Segments.Select(segment => (Math.Round(segment.Start, 6), Math.Round(segment.End, 6), segment.Tokens.Length))];

    private static Segmentation Cut(params int[] tokens) => new Segmenter(WhisperTokenizers.IdsOnly).Cut(_window, Results.Of(tokens));
}
