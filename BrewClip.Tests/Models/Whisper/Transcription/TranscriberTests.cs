using BrewClip.Core.Audio;
using BrewClip.Models.Whisper;
using BrewClip.Models.Whisper.Transcription;
using BrewClip.Tests.Support;
using TorchSharp;

namespace BrewClip.Tests.Models.Whisper.Transcription;

public class TranscriberTests(FormulaModelFixture models) : IClassFixture<FormulaModelFixture>
{
    private static readonly AudioClip _long = AudioClip.Load(TestFiles.Golden("whisper", "long.wav"));

    private static readonly TranscriptionOptions _quick = new()
    {
        Decoding = new() { Language = "en", MaxTokens = 12, SuppressTokens = WhisperTokenizers.NonSpeech },
        Temperatures = [0],
    };

    private Transcriber Transcriber => new(models.Whisper, WhisperTokenizers.IdsOnly);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(159)]
    public void No_sound_is_a_result_that_says_so(int samples)
    {
        var transcript = Transcriber.Transcribe(new AudioClip(new float[samples], 16000), _quick with { Decoding = new() });
        Assert.Equal(("", TranscriptOutcome.NoSound, null), (transcript.Text, transcript.Outcome, transcript.Language));
        Assert.Empty(transcript.Segments);
    }

    [Fact]
    public void Two_windows_of_silence_yield_no_words()
    {
        var silence = new AudioClip(new float[16000 * 60], 16000);
        var bySpeech = Transcriber.Transcribe(silence, _quick with { NoSpeechThreshold = 1e-9 });
        var byLevel = Transcriber.Transcribe(silence, TranscriptionOptions.SpeechQuery);
        Assert.All(
            [bySpeech, byLevel], transcript => Assert.Equal(("", TranscriptOutcome.NoSpeech), (transcript.Text, transcript.Outcome)));
        Assert.Equal(TimeSpan.FromSeconds(60), byLevel.Duration);
    }

    [Fact]
    public void The_level_of_silence_is_that_of_the_loudest_tenth_of_a_second()
    {
        var samples = new float[16000];
        samples.AsSpan(4800, 1600).Fill(0.01f);
        Assert.True(new SilenceGate(-39.9).IsSilent(samples));
        Assert.False(new SilenceGate(-40.1).IsSilent(samples));
        Assert.False(new SilenceGate(null).IsSilent(new float[10]));
        Assert.True(new SilenceGate(-300).IsSilent(new float[10]));
    }

    [Fact]
    public void A_batch_of_clips_gives_what_each_alone_gives()
    {
        var options = _quick with { Decoding = _quick.Decoding with { Language = null }, InitialPromptTokens = [400, 401] };
        AudioClip[] clips = [_long, _long.Slice(160000, 300000), new AudioClip(default, 16000), _long.Slice(800000, 200000)];
        var together = Transcriber.TranscribeBatch(clips, options, batchSize: 3);
        for (int i = 0; i < clips.Length; i++)
        {
            var alone = Transcriber.Transcribe(clips[i], options);
            Assert.Equal((alone.Text, alone.Language, alone.Outcome), (together[i].Text, together[i].Language, together[i].Outcome));
            Assert.Equal(alone.Segments.Select(Written), together[i].Segments.Select(Written));
        }
    }

    [Fact]
    public async Task Streamed_segments_are_those_of_the_whole_and_progress_tells_them_all()
    {
        var reports = new List<TranscriptionProgress>();
        var transcript = Transcriber.Transcribe(_long, _quick, new Recorder(reports));
        var streamed = new List<TranscriptSegment>();
        await foreach (var segment in Transcriber.StreamAsync(_long, _quick))
        {
            streamed.Add(segment);
        }

        Assert.Equal(transcript.Segments.Select(Written), streamed.Select(Written));
        Assert.Equal(transcript.Segments.Select(Written), reports.SelectMany(report => report.Segments).Select(Written));
        Assert.Equal(reports.Select(report => report.Position).Order(), reports.Select(report => report.Position));
        Assert.Equal(transcript.Duration, reports[^1].Position);
    }

    [Fact]
    public void A_cancelled_transcription_stops_and_leaves_no_tensor()
    {
        using var source = new CancellationTokenSource();
        Transcriber.Transcribe(_long.Slice(0, 16000), _quick);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var afterFirstWindow = new Recorder([], source.Cancel);
        Assert.ThrowsAny<OperationCanceledException>(() => Transcriber.Transcribe(_long, _quick, afterFirstWindow, source.Token));
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Words_lie_in_order_and_spell_their_segments_text()
    {
        var transcript = Transcriber.Transcribe(_long, _quick with { Timestamps = TimestampDetail.Word });
        Assert.NotEmpty(transcript.Segments);
        foreach (var segment in transcript.Segments)
        {
            Assert.Equal(segment.Text, string.Concat(segment.Words!.Select(word => word.Text)));
            Assert.All(segment.Words!, word => Assert.InRange(word.Probability, 0, 1));
            double[] times = [.. segment.Words!.SelectMany(word => new[] { word.Start, word.End })];
            Assert.Equal(times.Order(), times);
        }
    }

    [Fact]
    public void The_next_temperature_is_tried_until_a_result_passes()
    {
        var options = _quick with { Temperatures = [0, 0.4, 0.8], Decoding = _quick.Decoding with { BeamSize = 2, BestOf = 2 } };
        var clip = _long.Slice(0, 160000);
        Assert.All(Temperatures(options with { LogProbabilityThreshold = 0 }), temperature => Assert.Equal(0.8, temperature));
        Assert.All(
            Temperatures(options with { LogProbabilityThreshold = -100, CompressionRatioThreshold = 1000 }),
            temperature => Assert.Equal(0, temperature));
        Assert.All(
            Temperatures(options with { LogProbabilityThreshold = null, CompressionRatioThreshold = 0 }),
            temperature => Assert.Equal(0.8, temperature));
        // What is taken for silence is not tried again, and is passed over.
        Assert.Empty(Temperatures(options with { LogProbabilityThreshold = 0, NoSpeechThreshold = 0 }));

        IEnumerable<double> Temperatures(TranscriptionOptions given) =>
            Transcriber.Transcribe(clip, given).Segments.Select(segment => segment.Temperature);
    }

    [Fact]
    public void A_model_of_shorter_windows_reads_shorter_windows()
    {
        using var folder = new TemporaryFolder();
        FormulaModels.Write(
            folder.Path, FormulaModels.WhisperConfig.Replace("1500", "500", StringComparison.Ordinal), FormulaModels.Whisper.Values);
        using var model = WhisperModel.Load(folder.Path);
        var transcript = new Transcriber(model, WhisperTokenizers.IdsOnly).Transcribe(
            _long.Slice(0, 400000), _quick with { Timestamps = TimestampDetail.None });
        Assert.Equal([(0.0, 10.0), (10.0, 20.0), (20.0, 25.0)], transcript.Segments.Select(segment => (segment.Start, segment.End)));
    }

    [Fact]
    public void Speech_queries_are_text_alone_in_one_pass()
    {
        var options = TranscriptionOptions.SpeechQuery with { Decoding = _quick.Decoding };
        var transcript = Transcriber.Transcribe(_long.Slice(0, 160000), options);
        var segment = Assert.Single(transcript.Segments);
        Assert.Equal((TranscriptOutcome.Speech, 0.0, 10.0, 0.0), (transcript.Outcome, segment.Start, segment.End, segment.Temperature));
    }

    private static string Written(TranscriptSegment segment) =>
        $"{segment.Id} {segment.Seek} {segment.Start:F2} {segment.End:F2} {string.Join(',', segment.Tokens)} "
        + $"{segment.AverageLogProbability:F3}";

    private sealed class Recorder(List<TranscriptionProgress> reports, Action? also = null) : IProgress<TranscriptionProgress>
    {
        public void Report(TranscriptionProgress value)
        {
            reports.Add(value);
            also?.Invoke();
        }
    }
}
