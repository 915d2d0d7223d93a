using BrewClip.Data;
using BrewClip.Tests.Data.Flickr8k;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Data;

public sealed class DatasetStatisticsTests
{
    [Fact]
    public void Counts_words_and_seconds_are_those_of_the_tree()
    {
        using var folder = new TemporaryFolder();
        TinyFlickr8k.Create(folder);
        File.Delete(folder["flickr_audio", "wavs", "10_a_3.wav"]);
        var train = DatasetStatistics.Compute(SpeechDatasets.Open("flickr8k", folder.Path), DatasetSplit.Train, measureAudio: true);
        Assert.Equal((10, 2, 2, 10), (train.Utterances, train.Images, train.Speakers, train.WithAudio));
        Assert.Equal(new Distribution(2, 10, 5, 5), train.CaptionsPerImage);
        Assert.Equal(new Distribution(10, 70, 7, 7), train.WordsPerCaption);
        Assert.Equal(12, train.Vocabulary);
        Assert.Equal((9, 1), (train.AudioSeconds.Count, train.UnreadableAudio));
        Assert.Equal(0.1, train.AudioSeconds.Mean, 6);
    }

    [Fact]
    public void Nothing_counts_as_nothing()
    {
        using var folder = new TemporaryFolder();
        TinyMedia.Raw(folder["m.csv"], "image,text\n");
        var statistics = DatasetStatistics.Compute(SpeechDatasets.Open("manifest", folder["m.csv"]));
        Assert.Equal((0, 0, 0.0), (statistics.Utterances, statistics.Images, statistics.WordsPerCaption.Mean));
    }

    [Fact]
    public void An_unknown_name_lists_the_known_ones() =>
        Assert.Contains(
            "ravdess", Assert.Throws<ArgumentException>(() => SpeechDatasets.Open("imagenet", ".")).Message, StringComparison.Ordinal);

    [Fact]
    public void Counting_and_checking_can_be_cancelled()
    {
        using var folder = new TemporaryFolder();
        TinyFlickr8k.Create(folder);
        var dataset = SpeechDatasets.Open("flickr8k", folder.Path);
        var cancelled = new CancellationToken(true);
        Assert.Throws<OperationCanceledException>(() => DatasetStatistics.Compute(dataset, null, false, cancelled));
        Assert.Throws<OperationCanceledException>(() => dataset.Check(null, null, cancelled).Count());
    }
}
