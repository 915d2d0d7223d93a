using BrewClip.Data;
using BrewClip.Data.LittleWorld;

namespace BrewClip.Tests.Data.LittleWorld;

public sealed class CorpusPlanTests
{
    private static readonly IReadOnlyList<PlannedImage> _plan = CorpusPlan.Make(new LittleWorldOptions { Images = 1200, Seed = 7 });

    [Fact]
    public void Splits_share_no_scene()
    {
        var splitsOfScene = _plan.GroupBy(image => image.Scene.WithoutMood())
            .Select(group => group.Select(image => image.Split).Distinct().Count());
        Assert.All(splitsOfScene, splits => Assert.Equal(1, splits));
    }

    [Fact]
    public void Splits_share_no_speaker_and_no_timbre()
    {
        string[] Timbres(DatasetSplit split) => [.. Speaker.Of(split).Select(speaker => speaker.Voice.Split('+')[1]).Distinct()];
        Assert.Empty(Timbres(DatasetSplit.Train).Intersect(Timbres(DatasetSplit.Test)));
        Assert.Empty(Timbres(DatasetSplit.Train).Intersect(Timbres(DatasetSplit.Development)));
        Assert.Empty(Timbres(DatasetSplit.Development).Intersect(Timbres(DatasetSplit.Test)));
        var splitsOfSpeaker = _plan.SelectMany(image => image.Speakers.Select(speaker => (speaker.Id, image.Split))).Distinct().GroupBy(
            pair => pair.Id);
        Assert.All(splitsOfSpeaker, splits => Assert.Single(splits));
    }

    [Fact]
    public void Training_and_held_out_captions_share_no_sentence_form()
    {
        Assert.Empty(CaptionWriter.Forms(WordingFamily.Training).Intersect(CaptionWriter.Forms(WordingFamily.HeldOut)));
    }

    [Fact]
    public void Held_out_captions_use_only_words_that_training_has()
    {
        HashSet<string> known = [.. Words(DatasetSplit.Train)];
        Assert.DoesNotContain(Words(DatasetSplit.Test), word => !known.Contains(word));
        Assert.InRange(known.Count, 60, 130);
    }

    [Fact]
    public void Twins_differ_in_mood_alone_and_are_described_by_the_same_words_and_voices()
    {
        var byName = _plan.ToDictionary(image => image.FileName);
        var twins = _plan.Where(image => image.TwinOf is not null).ToList();
        Assert.True(twins.Count > 50, $"{twins.Count} twins are too few to test with.");
        Assert.All(twins, twin =>
        {
            var first = byName[twin.TwinOf!];
            Assert.NotEqual(first.Mood, twin.Mood);
            Assert.Equal(first.Split, twin.Split);
            Assert.Equal(first.Scene.WithoutMood(), twin.Scene.WithoutMood());
            Assert.Equal(first.Captions, twin.Captions);
            Assert.Equal(first.Speakers, twin.Speakers);
        });
    }

    [Fact]
    public void Shuffled_speech_has_the_words_of_the_captions_in_orders_that_they_do_not_have()
    {
        HashSet<string> known =
            [.. Words(DatasetSplit.Train), .. CorpusPlan.Make(
                new LittleWorldOptions { Images = 300, Seed = 7, Style = SpeakingStyle.Spontaneous })
            .SelectMany(image => image.Captions).SelectMany(caption => caption.Text.Split(' '))];
        string[] captions = [.. _plan.SelectMany(image => image.Captions).Select(caption => caption.Text)];
        var shuffled = CorpusPlan.Make(new LittleWorldOptions { Images = 60, Seed = 7, Style = SpeakingStyle.Shuffled })
            .Where(image => image.TwinOf is null).SelectMany(image => image.Captions).ToList();
        Assert.Equal(shuffled.Count, shuffled.Select(caption => caption.Text).Distinct().Count());
        Assert.All(shuffled, caption => Assert.InRange(caption.Text.Split(' ').Length, 6, 13));
        Assert.All(shuffled, caption => Assert.Equal(caption.Text, caption.Spoken));
        Assert.DoesNotContain(shuffled.SelectMany(caption => caption.Text.Split(' ')), word => !known.Contains(word));
        Assert.DoesNotContain(shuffled, caption => captions.Contains(caption.Text));
    }

    [Fact]
    public void No_caption_words_a_mood()
    {
        string[] moodWords = ["happy", "sad", "angry", "neutral", "smiling", "smile", "crying", "cry", "mad", "cheerful", "mood"];
        Assert.DoesNotContain(Words(DatasetSplit.Train), word => moodWords.Contains(word));
        Assert.DoesNotContain(Words(DatasetSplit.Test), word => moodWords.Contains(word));
    }

    [Fact]
    public void Every_image_has_five_different_captions()
    {
        Assert.All(
            _plan,
            image => Assert.Equal(CaptionWriter.CaptionsPerImage, image.Captions.Select(caption => caption.Text).Distinct().Count()));
    }

    [Fact]
    public void Equal_options_give_equal_plans_and_another_seed_gives_another()
    {
        string Describe(ulong seed) => string.Join('\n', CorpusPlan.Make(new LittleWorldOptions { Images = 60, Seed = seed })
            .SelectMany(
                image => image.Captions.Zip(image.Speakers, (caption, speaker) => $"{image.FileName} {image.Scene} {caption} {speaker}")));
        Assert.Equal(Describe(3), Describe(3));
        Assert.NotEqual(Describe(3), Describe(4));
    }

    [Fact]
    public void Spontaneous_captions_are_clean_while_what_is_said_has_fillers()
    {
        var plan = CorpusPlan.Make(new LittleWorldOptions { Images = 60, Seed = 7, Style = SpeakingStyle.Spontaneous });
        var captions = plan.SelectMany(image => image.Captions).ToList();
        Assert.DoesNotContain(captions, caption => caption.Text.Split(' ').Any(word => word is "um" or "uh" or "er" or "sorry"));
        Assert.Contains(captions, caption => caption.Spoken.Split(' ', ',').Any(word => word is "um" or "uh" or "er"));
        Assert.Contains(captions, caption => caption.Spoken.Contains("no wait", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(11, 128)]
    [InlineData(100, 8)]
    public void Options_out_of_range_are_refused(int images, int size) =>
        Assert.Throws<ArgumentException>(() => CorpusPlan.Make(new LittleWorldOptions { Images = images, ImageSize = size }));

    private static IEnumerable<string> Words(DatasetSplit split) =>
        _plan.Where(image => image.Split == split).SelectMany(image => image.Captions).SelectMany(caption => caption.Text.Split(' '));
}
