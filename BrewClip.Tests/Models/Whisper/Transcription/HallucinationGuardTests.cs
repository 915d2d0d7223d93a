using BrewClip.Models.Whisper.Transcription;

namespace BrewClip.Tests.Models.Whisper.Transcription;

/// <summary>A window of thirty seconds that begins at 30 s, of a sound of 90 s.</summary>
public class HallucinationGuardTests
{
    private static readonly TranscriptionWindow _window = new(3000, 3000, 3000);

    [Fact]
    public void Likely_words_of_usual_length_stay()
    {
        var (kept, segments, seek) = Apply(30, Said(31, 33), Said(38, 40));
        Assert.Equal((true, 2, 4000), (kept, segments.Count, seek));
    }

    [Fact]
    public void A_suspicious_beginning_after_silence_is_heard_again_from_there()
    {
        var (kept, _, seek) = Apply(30, Invented(35, 36), Said(36, 40));
        Assert.Equal((false, 3500), (kept, seek));
    }

    [Fact]
    public void A_suspicious_end_between_silences_is_dropped_with_what_follows()
    {
        var (kept, segments, seek) = Apply(30, Said(31, 33), Invented(40, 41), Said(50, 51));
        Assert.Equal((true, 1, 4000), (kept, segments.Count, seek));
    }

    [Fact]
    public void At_the_end_of_the_sound_it_ends_the_transcript()
    {
        var late = new TranscriptionWindow(6000, 3000, 3000);
        var segments = new List<SegmentDraft> { Said(61, 63), Invented(88, 89) };
        int seek = 0;
        Assert.True(new HallucinationGuard(2, 9000).Apply(late, new Segmentation(segments, 9000, true), 60, ref seek));
        Assert.Equal((1, 9000), (segments.Count, seek));
    }

    private static (bool Kept, List<SegmentDraft> Segments, int Seek) Apply(double lastSpeech, params SegmentDraft[] segments)
    {
        List<SegmentDraft> list = [.. segments];
        int seek = 6000;
        bool kept = new HallucinationGuard(2, 9000).Apply(_window, new Segmentation(list, seek, false), lastSpeech, ref seek);
        return (kept, list, seek);
    }

    private static SegmentDraft Said(double start, double end) => Segment(start, end, 0.9);

    private static SegmentDraft Invented(double start, double end) => Segment(start, end, 0.01);

    private static SegmentDraft Segment(double start, double end, double probability) =>
        new(3000, start, end, [500, 501], Results.Of([500, 501]), WhisperTokenizers.IdsOnly)
        {
            Words = [new(" a", 1, start, (start + end) / 2, probability), new(" b", 1, (start + end) / 2, end, probability)],
        };
}
