using BrewClip.Core.Audio;
using BrewClip.Models.Brew;
using BrewClip.Models.Whisper.Decoding;
using BrewClip.Models.Whisper.Transcription;
using BrewClip.Tests.Support;
using static TorchSharp.torch;

namespace BrewClip.Tests.Models.Brew;

/// <summary>Transcripts from the frames that the acoustic channel reads too.</summary>
public sealed class SpeechTranscriptionTests(FormulaBrewFixture fixture) : IClassFixture<FormulaBrewFixture>
{
    private const string Prompt = "the red ball and the brown dog";

    // Whatever the weights make of a window is believed.
    private static readonly TranscriptionOptions _options =
        TranscriptionOptions.SpeechQuery with { InitialPrompt = Prompt, NoSpeechThreshold = null };

    [Fact]
    public void The_initial_prompt_is_told_to_the_first_window_of_each_utterance_alone()
    {
        using var scope = NewDisposeScope();
        var frames = Frames(4);
        string[] told = Texts(frames, Prompt), untold = Texts(frames, null);

        Assert.Equal(Said(told[0], untold[1], told[2], untold[3]), Hear(_options, frames, []));
        Assert.Equal(Said(told), Hear(_options with { CarryInitialPrompt = true }, frames, []));
        Assert.Equal(Said(untold), Hear(_options with { InitialPrompt = "  " }, frames, []));
    }

    [Fact]
    public void A_window_without_speech_leaves_the_initial_prompt_to_the_next_one_and_a_window_with_speech_takes_it()
    {
        using var scope = NewDisposeScope();
        var frames = Frames(1);
        var earlier = new DecodingTask(Backbone.Whisper, Backbone.WhisperTokenizer, _options.At(0)).DecodeFeatures(frames)[0];

        Assert.Equal(Said(Texts(frames, Prompt)), Hear(_options, frames, [(earlier, false)]));
        Assert.Equal(Said(Texts(frames, null)), Hear(_options, frames, [(earlier, true)]));
    }

    [Fact]
    public void An_utterance_of_one_window_is_told_what_the_transcriber_tells_it()
    {
        using var model = fixture.Load(new() { Transcription = _options });
        var clip = FormulaBrewFixture.Tone(2);
        string expected = new Transcriber(Backbone.Whisper, Backbone.WhisperTokenizer).Transcribe(clip, _options).Text.Trim();

        Assert.Equal(expected, model.EncodeSpeech(clip).Transcript);
        Assert.NotEqual(expected, fixture.Model.EncodeSpeech(clip).Transcript);
    }

    private BrewClipBackbone Backbone => fixture.Model.Backbone;

    // Tones of which this model writes something else where it is told the prompt.
    private Tensor Frames(int windows)
    {
        const int Bins = 80, MelFrames = 100 * FormulaCheckpoint.WindowSeconds, Tones = 12;
        var mel = new float[Tones * Bins * MelFrames];
        for (int i = 0; i < Tones; i++)
        {
            var sound = new UtteranceWindows(FormulaBrewFixture.Tone(2, 200 + 70 * i), new LogMelSpectrogram(Bins), MelFrames);
            sound.CopyMel(0, mel.AsSpan(i * Bins * MelFrames, Bins * MelFrames));
        }

        var frames = Backbone.Whisper.Encoder.Encode(tensor(mel, [Tones, Bins, MelFrames]));
        string[] told = Texts(frames, Prompt), untold = Texts(frames, null);
        long[] telling = [.. Enumerable.Range(0, Tones).Where(i => told[i] != untold[i]).Select(i => (long)i)];
        Assert.InRange(telling.Length, windows, Tones);
        return frames.index_select(0, tensor(telling[..windows]));
    }

    private string[] Texts(Tensor frames, string? prompt)
    {
        var task = new DecodingTask(Backbone.Whisper, Backbone.WhisperTokenizer, _options.At(0) with { Prompt = prompt });
        return [.. task.DecodeFeatures(frames).Select(result => result.Text.Trim())];
    }

    private static IEnumerable<string> Said(params string[] texts) => texts.Where(text => text != "");

    // Utterances of two windows each, in one call; what came before is of the first one.
    private List<string> Hear(TranscriptionOptions options, Tensor frames, IReadOnlyList<(DecodingResult Result, bool IsSpeech)> before)
    {
        int windows = (int)frames.shape[0];
        var hearings = Enumerable.Range(0, (windows + 1) / 2).Select(_ => new UtteranceHearing()).ToArray();
        foreach (var (result, isSpeech) in before)
        {
            hearings[0].AddDecoded(result, isSpeech, 1);
        }

        int known = hearings[0].Texts.Count;
        new SpeechTranscription(Backbone, options).Decode(
            frames, [.. Enumerable.Range(0, windows).Select(i => (i, hearings[i / 2], 1.0))], default);
        return [.. hearings.SelectMany(hearing => hearing.Texts).Skip(known).Select(item => item.Text)];
    }
}
