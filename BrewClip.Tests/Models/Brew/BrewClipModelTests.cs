using BrewClip.Core.Audio;
using BrewClip.Core.Images;
using BrewClip.Core.Text;
using BrewClip.Models.Brew;
using BrewClip.Models.Whisper.Transcription;
using BrewClip.Tests.Support;
using TorchSharp;

namespace BrewClip.Tests.Models.Brew;

/// <summary>What goes in and comes out of the whole model.</summary>
public sealed class BrewClipModelTests(FormulaBrewFixture fixture) : IClassFixture<FormulaBrewFixture>
{
    private readonly BrewClipModel _model = fixture.Model;

    [Fact]
    public void An_utterance_is_its_two_channels_added_at_length_one()
    {
        var speech = _model.EncodeSpeech(FormulaBrewFixture.Tone(2));
        Assert.Equal(SpeechStatus.Transcribed, speech.Status);
        Assert.NotEqual("", speech.Transcript);
        Assert.InRange(speech.Confidence!.Value, 0, 1);
        Assert.InRange(speech.NoSpeechProbability!.Value, 0, 1);
        Assert.Equal(TimeSpan.FromSeconds(2), speech.Duration);
        var sum = speech.TextVector!.Value.ToArray().Zip(
            speech.AcousticVector!.Value.ToArray(), (text, acoustic) => text + acoustic).ToArray();
        double length = Math.Sqrt(sum.Sum(value => (double)value * value));
        TensorAssert.Close([.. sum.Select(value => (float)(value / length))], speech.Vector.Span, 1e-5);
        Assert.Equal(_model.Dimensions, speech.Vector.Length);
    }

    [Fact]
    public void A_sound_beyond_all_measure_is_refused_by_its_number_and_takes_no_tensor_with_it()
    {
        var loud = new AudioClip(Enumerable.Range(0, 16_000).Select(i => i % 2 == 0 ? 3e38f : -3e38f).ToArray(), 16_000);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var error = Assert.Throws<ArgumentException>(() => _model.EncodeSpeech([FormulaBrewFixture.Tone(1), loud]));
        Assert.StartsWith("Utterance 1: ", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Images_and_texts_whose_vectors_are_no_numbers_are_an_error_not_a_vector()
    {
        using var model = fixture.Load(new());
        using (torch.no_grad())
        {
            foreach (var (name, parameter) in model.Backbone.Clip.named_parameters()
                .Where(item => item.name.EndsWith("projection.weight", StringComparison.Ordinal)))
            {
                parameter.fill_(float.NaN);
            }
        }

        Assert.Throws<NotFiniteNumberException>(() => model.EncodeImage(FormulaBrewFixture.Picture(1)));
        Assert.Throws<NotFiniteNumberException>(() => model.EncodeText("a dog"));
        var encoder = BrewClip.Models.Search.ModelImageEncoder.Create(model, "broken");
        Assert.True(
            float.IsNaN(encoder.Encode([FormulaBrewFixture.Picture(1)], default)[0].Span[0]),
            "An indexer leaves out the image, and goes on.");
    }

    [Fact]
    public void An_image_as_thin_as_a_thread_is_embedded_or_refused_in_a_sentence()
    {
        var error = Record.Exception(() => _model.EncodeImage(new RgbImage(1, 60_000, new byte[180_000])));
        Assert.True(error is null or ArgumentException or InvalidDataException, $"{error}");
    }

    [Fact]
    public void The_pipeline_channel_is_what_the_transcript_itself_encodes_to()
    {
        var speech = _model.EncodeSpeech(FormulaBrewFixture.Tone(2));
        var text = VectorPool.Normalize(speech.TextVector!.Value.ToArray());
        TensorAssert.Close(_model.EncodeText(speech.Transcript), text, 1e-5);
    }

    [Fact]
    public void A_transcript_that_is_given_takes_the_place_of_Whispers()
    {
        var speech = _model.EncodeSpeech(FormulaBrewFixture.Tone(2), " a brown dog ");
        Assert.Equal((SpeechStatus.Given, "a brown dog"), (speech.Status, speech.Transcript));
        Assert.Null(speech.Confidence);
        TensorAssert.Close(_model.EncodeText("a brown dog"), VectorPool.Normalize(speech.TextVector!.Value.ToArray()), 1e-5);
        TensorAssert.Close(
            _model.EncodeSpeech(FormulaBrewFixture.Tone(2)).AcousticVector!.Value.Span, speech.AcousticVector!.Value.Span, 1e-6);
    }

    [Fact]
    public void Many_items_keep_their_order_and_equal_single_ones()
    {
        using var model = fixture.Load(new() { SpeechBatchSize = 2, ImageBatchSize = 2, TextBatchSize = 2 });
        AudioClip[] clips =
        [
            FormulaBrewFixture.Tone(1, 200), FormulaBrewFixture.Tone(7, 300), FormulaBrewFixture.Silence(1),
            FormulaBrewFixture.Tone(0.3, 900, 44100),
        ];
        var speech = model.EncodeSpeech(clips);
        foreach (var (clip, one) in clips.Zip(speech))
        {
            var alone = _model.EncodeSpeech(clip);
            Assert.Equal((alone.Transcript, alone.Status), (one.Transcript, one.Status));
            TensorAssert.Close(alone.Vector.Span, one.Vector.Span, 1e-4);
        }

        RgbImage[] images = [FormulaBrewFixture.Picture(1), FormulaBrewFixture.Picture(2, 90, 33), FormulaBrewFixture.Picture(3, 8, 8)];
        var seen = model.EncodeImages(images);
        Assert.All(images.Zip(seen), pair => TensorAssert.Close(_model.EncodeImage(pair.First), pair.Second, 1e-4));

        string[] texts = ["a much longer text about a brown dog on the beach", "", "a dog", "two children play with a red ball", "x"];
        var read = model.EncodeTexts(texts);
        Assert.All(texts.Zip(read), pair => TensorAssert.Close(_model.EncodeText(pair.First), pair.Second, 1e-4));
        Assert.All([.. read, .. seen], vector => Assert.Equal(1, Math.Sqrt(vector.Sum(value => (double)value * value)), 1e-5));
    }

    [Fact]
    public void The_same_input_gives_the_same_bits_again()
    {
        var clip = FormulaBrewFixture.Tone(1.5);
        Assert.Equal(_model.EncodeSpeech(clip).Vector.ToArray(), _model.EncodeSpeech(clip).Vector.ToArray());
    }

    [Fact]
    public void Silence_still_gets_its_acoustic_embedding_and_says_so()
    {
        var silence = _model.EncodeSpeech(FormulaBrewFixture.Silence(2));
        Assert.Equal((SpeechStatus.NoSpeech, "", 1.0), (silence.Status, silence.Transcript, silence.NoSpeechProbability));
        Assert.Null(silence.TextVector);
        TensorAssert.Close(VectorPool.Normalize(silence.AcousticVector!.Value.ToArray()), silence.Vector.Span, 1e-6);
    }

    [Fact]
    public void An_utterance_past_the_window_is_the_average_of_its_windows()
    {
        var clip = FormulaBrewFixture.Tone(8, 250);
        var windows = new UtteranceWindows(clip, new LogMelSpectrogram(80), 100 * FormulaCheckpoint.WindowSeconds);
        Assert.InRange(windows.Count, 3, 6);
        var whole = _model.EncodeSpeech(clip, "a dog");
        var parts = Enumerable.Range(0, windows.Count)
            .Select(i => _model.EncodeSpeech(new AudioClip(windows.Samples(i).ToArray(), 16000), "a dog")).ToArray();
        var pooled = VectorPool.Average(
            [.. parts.Select(part => part.AcousticVector!.Value.ToArray())],
            [.. Enumerable.Range(0, windows.Count).Select(windows.Seconds)]);

        // The spectrograms differ at the cuts, where the whole knows its neighbour.
        TensorAssert.Close(pooled, whole.AcousticVector!.Value.Span, 0.05);
        Assert.True(_model.EncodeSpeech(clip).Transcript.Length > parts.Length);
    }

    [Fact]
    public void A_long_text_is_cut_or_averaged_over_windows_as_asked()
    {
        using var windowed = fixture.Load(new() { LongText = LongTextPolicy.Windows });
        string longText = string.Join(
            ". ", Enumerable.Repeat("a brown dog runs on the beach and two children play with a red ball on the water", 12));
        string otherEnd = longText + ". a man climbs a snowy mountain";
        Assert.Equal(_model.EncodeText(longText), _model.EncodeText(otherEnd));
        Assert.NotEqual(windowed.EncodeText(longText), windowed.EncodeText(otherEnd));
        Assert.Equal(_model.EncodeText("a dog"), windowed.EncodeText("a dog"));
        var pieces = TextWindows.Split(windowed.Backbone.ClipTokenizer, longText, 77, 4);
        Assert.True(pieces.Count > 1);
        var pooled = VectorPool.Average([.. pieces.Select(piece => windowed.EncodeText(piece))], []);
        TensorAssert.Close(VectorPool.Normalize(pooled), windowed.EncodeText(longText), 1e-3);
    }

    [Fact]
    public void Crop_policies_reach_the_image_tower()
    {
        using var five = fixture.Load(new() { CropPolicy = ImageCropPolicy.FiveCrop });
        using var letterbox = fixture.Load(new() { CropPolicy = ImageCropPolicy.Letterbox });
        var wide = FormulaBrewFixture.Picture(5, 120, 30);
        var plain = new RgbImage(60, 60, [.. Enumerable.Repeat((byte)90, 60 * 60 * 3)]);
        Assert.NotEqual(_model.EncodeImage(wide), five.EncodeImage(wide));
        Assert.NotEqual(_model.EncodeImage(wide), letterbox.EncodeImage(wide));
        TensorAssert.Close(_model.EncodeImage(plain), five.EncodeImage(plain), 1e-4);
        TensorAssert.Close(_model.EncodeImage(plain), letterbox.EncodeImage(plain), 1e-4);
    }

    [Fact]
    public void Other_transcription_options_leave_the_acoustic_channel_alone_and_give_what_the_transcriber_gives()
    {
        var options = new TranscriptionOptions { Temperatures = [0], ConditionOnPreviousText = true, SilenceLevel = -80 };
        using var model = fixture.Load(new() { Transcription = options });
        AudioClip[] clips = [FormulaBrewFixture.Tone(4), FormulaBrewFixture.Silence(1)];
        var expected = new Transcriber(model.Backbone.Whisper, model.Backbone.WhisperTokenizer).TranscribeBatch(clips, options);
        var speech = model.EncodeSpeech(clips);
        Assert.Equal(expected.Select(transcript => transcript.Text.Trim()), speech.Select(one => one.Transcript));
        Assert.Equal(SpeechStatus.NoSpeech, speech[1].Status);
        TensorAssert.Close(_model.EncodeSpeech(clips[0]).AcousticVector!.Value.Span, speech[0].AcousticVector!.Value.Span, 1e-5);
    }

    [Fact]
    public void Raw_vectors_are_the_sum_of_the_channels_where_asked()
    {
        using var raw = fixture.Load(new() { Normalize = false });
        var speech = raw.EncodeSpeech(FormulaBrewFixture.Tone(1));
        Assert.Equal(
            speech.Vector.ToArray(),
            speech.TextVector!.Value.ToArray().Zip(speech.AcousticVector!.Value.ToArray(), (text, acoustic) => text + acoustic));
        TensorAssert.Close(_model.EncodeText("a dog"), VectorPool.Normalize(raw.EncodeText("a dog")), 1e-6);
    }

    [Fact]
    public void Four_threads_at_once_get_what_one_gets()
    {
        var clips = Enumerable.Range(0, 8).Select(i => FormulaBrewFixture.Tone(0.5 + 0.2 * i, 200 + 40 * i)).ToArray();
        var expected = clips.Select(clip => _model.EncodeSpeech(clip)).ToArray();
        var actual = new SpeechEmbedding[clips.Length];
        Parallel.For(0, clips.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i => actual[i] = _model.EncodeSpeech(clips[i]));
        Assert.Equal(expected.Select(one => one.Transcript), actual.Select(one => one.Transcript));
        Assert.All(expected.Zip(actual), pair => TensorAssert.Close(pair.First.Vector.Span, pair.Second.Vector.Span, 1e-5));
    }

    [Fact]
    public void A_thousand_calls_leave_no_tensor_behind()
    {
        void Call(int i)
        {
            _model.EncodeText("a dog");
            if (i % 10 == 0)
            {
                _model.EncodeImage(FormulaBrewFixture.Picture(1));
                _model.EncodeSpeech(FormulaBrewFixture.Tone(0.2), i % 50 == 0 ? null : "a boat");
            }
        }

        Call(0);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (int i = 0; i < 1000; i++)
        {
            Call(i);
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public async Task Asynchronous_calls_report_progress_and_can_be_cancelled()
    {
        using var model = fixture.Load(new() { SpeechBatchSize = 1, ImageBatchSize = 1, TextBatchSize = 1 });
        var reports = new List<BrewClipProgress>();
        AudioClip[] clips = [FormulaBrewFixture.Tone(0.5), FormulaBrewFixture.Tone(0.5), FormulaBrewFixture.Tone(0.5)];
        var speech = await model.EncodeSpeechAsync(clips, ["a", "b", "c"], new Immediate(reports.Add));
        Assert.Equal(3, speech.Count);
        Assert.Equal(new BrewClipProgress(3, 3), reports[^1]);
        Assert.True(reports.Zip(reports.Skip(1)).All(pair => pair.First.Done <= pair.Second.Done));

        using var source = new CancellationTokenSource();
        var cancel = new Immediate(_ => source.Cancel());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => model.EncodeSpeechAsync(clips, null, cancel, source.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => model.EncodeImagesAsync([FormulaBrewFixture.Picture(1)], null, source.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => model.EncodeTextsAsync(["a"], null, source.Token));
    }

    [Fact]
    public void Bad_input_is_refused_by_a_sentence()
    {
        Assert.Contains("Utterance 1 holds 0 samples", Assert.Throws<ArgumentException>(
            () => _model.EncodeSpeech([FormulaBrewFixture.Tone(1), new AudioClip(default, 16000)])).Message, StringComparison.Ordinal);
        Assert.Contains("1 transcripts are given for 2", Assert.Throws<ArgumentException>(
            () => _model.EncodeSpeech([FormulaBrewFixture.Tone(1), FormulaBrewFixture.Tone(1)], ["a"])).Message, StringComparison.Ordinal);
        Assert.Contains(
            "Text 0 is null", Assert.Throws<ArgumentException>(() => _model.EncodeTexts([null!])).Message, StringComparison.Ordinal);
        Assert.Contains(
            "Image 0 is null", Assert.Throws<ArgumentException>(() => _model.EncodeImages([null!])).Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => _model.EncodeImage("absent.png"));
        Assert.Throws<ArgumentException>(() => new BrewClipOptions { ImageBatchSize = 0 }.Validate());
        Assert.Empty(_model.EncodeSpeech([]));
        Assert.Empty(_model.EncodeImages([]));
        Assert.Empty(_model.EncodeTexts([]));
    }

    private sealed class Immediate(Action<BrewClipProgress> report) : IProgress<BrewClipProgress>
    {
        public void Report(BrewClipProgress value) => report(value);
    }
}
