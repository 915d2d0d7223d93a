using BrewClip.Models.Whisper.Decoding;

namespace BrewClip.Tests.Models.Whisper.Decoding;

/// <summary>The rules one by one, on a vocabulary whose scores are all equal unless said.</summary>
public class LogitFilterTests
{
    private const int First = 50364, Last = 51864, End = 50257;

    [Fact]
    public void A_transcript_begins_with_a_timestamp_up_to_the_limit()
    {
        Assert.Equal(Enumerable.Range(First, 51), Allowed(new TimestampFilter(WhisperTokenizers.IdsOnly, 50)));
        Assert.Equal(Enumerable.Range(First, 1501), Allowed(new TimestampFilter(WhisperTokenizers.IdsOnly, null)));
    }

    [Fact]
    public void Text_follows_a_first_timestamp_or_a_pair()
    {
        var filter = new TimestampFilter(WhisperTokenizers.IdsOnly, 50);
        int[] text = [.. Enumerable.Range(0, First).Where(id => id != 50363)];
        Assert.Equal(text, Allowed(filter, First + 5));
        Assert.Equal(text, Allowed(filter, First + 5, 400, First + 9, First + 9));
    }

    [Fact]
    public void Half_a_pair_is_closed_by_the_same_or_a_later_timestamp_or_the_end()
    {
        var logits = new float[51865];
        logits[End] = 20;
        var filter = new TimestampFilter(WhisperTokenizers.IdsOnly, 50);
        int[] allowed = Allowed(filter, logits, First + 5, 400, First + 9);
        Assert.Contains(End, allowed);
        Assert.DoesNotContain(allowed, id => id < End);
        Assert.Equal(Enumerable.Range(First + 9, Last - First - 8), allowed.Where(id => id >= First));
    }

    [Fact]
    public void After_text_timestamps_are_later_than_the_last_and_win_if_together_likelier()
    {
        var filter = new TimestampFilter(WhisperTokenizers.IdsOnly, 50);
        Assert.Equal(Enumerable.Range(First + 6, 1495), Allowed(filter, First + 5, 400));
        var logits = new float[51865];
        logits[400] = 20;
        int[] allowed = Allowed(filter, logits, First + 5, 400);
        Assert.Contains(400, allowed);
        Assert.DoesNotContain(First + 5, allowed);
    }

    [Fact]
    public void The_last_timestamp_leaves_text_and_the_end()
    {
        int[] allowed = Allowed(new TimestampFilter(WhisperTokenizers.IdsOnly, 50), Last, 400);
        Assert.Equal(Enumerable.Range(0, First).Where(id => id != 50363), allowed);
    }

    [Fact]
    public void A_blank_is_suppressed_at_the_start_alone()
    {
        var filter = new BlankFilter(WhisperTokenizers.IdsOnly);
        Assert.Equal([220, End], Enumerable.Range(0, 51865).Except(Allowed(filter)));
        Assert.Equal(51865, Allowed(filter, 400).Length);
    }

    [Fact]
    public void No_run_of_text_tokens_comes_twice()
    {
        var filter = new RepetitionFilter(3, End);
        Assert.Equal([7, 9], Enumerable.Range(0, 51865).Except(Allowed(filter, 5, 6, 7, 5, First + 3, 6, 9, 5, 6)).Order());
        Assert.Equal(51865, Allowed(filter, 5, 6).Length);
        Assert.Equal([5], Enumerable.Range(0, 51865).Except(Allowed(new RepetitionFilter(1, End), 5, First)));
    }

    private static int[] Allowed(ILogitFilter filter, params int[] sampled) => Allowed(filter, new float[51865], sampled);

    private static int[] Allowed(ILogitFilter filter, float[] logits, params int[] sampled)
    {
        filter.Apply(logits, sampled);
        return [.. logits.Index().Where(pair => !float.IsNegativeInfinity(pair.Item)).Select(pair => pair.Index)];
    }
}
