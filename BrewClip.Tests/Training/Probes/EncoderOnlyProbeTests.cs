using BrewClip.Data.Ravdess;
using BrewClip.Models.Whisper;
using BrewClip.Tests.Support;
using BrewClip.Training.Probes;

namespace BrewClip.Tests.Training.Probes;

[Collection(SeededGeneratorCollection.Name)]
public sealed class EncoderOnlyProbeTests : IDisposable
{
    private static readonly EncoderOnlyProbeOptions _small = new()
    {
        Seeds = 2,
        Folds = 2,
        AcousticWidth = 16,
        AcousticFeedForward = 32,
        AcousticHeads = 2,
        LinearTraining = ProbeTrainingOptions.Linear with { Epochs = 30, LearningRate = 1e-2 },
        AcousticTraining = ProbeTrainingOptions.Acoustic with { Epochs = 2 },
    };

    private readonly TemporaryFolder _folder = new();

    public EncoderOnlyProbeTests()
    {
        ToyRavdess.WriteCorpus(_folder["ravdess"]);
        ToyRavdess.WriteEncoder(_folder["whisper"]);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void All_probes_run_from_an_encoder_folder_and_hear_the_pitch_of_speakers_not_trained_on()
    {
        var report = EncoderOnlyProbe.Run(
            new RavdessDataset(_folder["ravdess"]), _folder["whisper"], _small with { Cache = _folder["cache"] });
        Assert.Equal(40, report.Recordings);
        Assert.Equal(4, report.PublishedSplit.Count);
        Assert.Equal(3, report.SpeakerFolds.Count);
        Assert.Equal(1, report.PublishedSplit[0].Accuracy);
        Assert.All(report.PublishedSplit, result => Assert.Equal(2 * 20, result.Confusion.Total));
        Assert.All(report.SpeakerFolds, result => Assert.Equal(2 * 40, result.Confusion.Total));
        Assert.Contains("| BrewCLIP, fine-tuned (paper, Table 3) | 78 |", report.ToMarkdown(), StringComparison.Ordinal);

        // Calm sounds here as neutral does: the same contents are kept once.
        using var cache = EncoderFrameExtractor.OpenCache(_folder["cache"], _folder["whisper"]);
        Assert.Equal(32, cache.Count);
    }

    [Fact]
    public void The_same_seeds_give_the_same_result_and_the_cache_changes_nothing()
    {
        var options = _small with { Folds = 0, Cache = _folder["cache"] };
        var first = EncoderOnlyProbe.Run(new RavdessDataset(_folder["ravdess"]), _folder["whisper"], options);
        var second = EncoderOnlyProbe.Run(new RavdessDataset(_folder["ravdess"]), _folder["whisper"], options);
        Assert.Equal(first.PublishedSplit.Select(result => result.Confusion), second.PublishedSplit.Select(result => result.Confusion));
    }

    [Fact]
    public void Frames_from_the_cache_are_those_that_were_computed_and_another_model_has_its_own()
    {
        string[] paths = [.. new RavdessDataset(_folder["ravdess"]).Read().Take(2).Select(utterance => utterance.AudioPath!)];
        using var encoder = WhisperEncoder.Load(_folder["whisper"]);
        var computed = new EncoderFrameExtractor(encoder, null).Extract(paths);
        for (int time = 0; time < 2; time++)
        {
            using var cache = EncoderFrameExtractor.OpenCache(_folder["cache"], _folder["whisper"]);
            Assert.Equal(time == 0 ? 0 : 2, cache.Count);
            var cached = new EncoderFrameExtractor(encoder, cache).Extract(paths);
            Assert.All(computed.Zip(cached), pair => Assert.Equal(pair.First.Values.ToArray(), pair.Second.Values.ToArray()));
            Assert.All(
                computed.Zip(cached), pair => Assert.Equal((pair.First.Count, pair.First.Width), (pair.Second.Count, pair.Second.Width)));
        }

        string config = Path.Combine(_folder["whisper"], "config.json");
        File.WriteAllText(config, File.ReadAllText(config) + "\n");
        using var other = EncoderFrameExtractor.OpenCache(_folder["cache"], _folder["whisper"]);
        Assert.Equal(0, other.Count);
    }

    [Fact]
    public void Frames_are_those_of_the_sound_alone_and_are_cut_at_the_encoders_window()
    {
        using var encoder = WhisperEncoder.Load(_folder["whisper"]);
        string path = new RavdessDataset(_folder["ravdess"]).Read().First().AudioPath!;
        var frames = new EncoderFrameExtractor(encoder, null).Extract([path]);
        Assert.Equal((8420 + 319) / 320, frames[0].Count);
        Assert.Equal(16, frames[0].Width);
    }

    [Fact]
    public void No_seed_or_too_many_folds_are_refused()
    {
        var dataset = new RavdessDataset(_folder["ravdess"]);
        Assert.Throws<ArgumentException>(() => EncoderOnlyProbe.Run(dataset, _folder["whisper"], _small with { Seeds = 0 }));
        Assert.Throws<ArgumentException>(() => EncoderOnlyProbe.Run(dataset, _folder["whisper"], _small with { Folds = 13 }));
    }
}
