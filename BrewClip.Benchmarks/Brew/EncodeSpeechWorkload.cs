using BrewClip.Core.Audio;
using BrewClip.Models.Brew;

namespace BrewClip.Benchmarks.Brew;

/// <summary>
/// Utterances of four seconds, twelve tokens long, to their vectors, end to end: log-mel, Whisper base.en's encoder and twelve greedy
/// steps, CLIP L/14's text tower with prompts, the acoustic branch, fusion.
/// </summary>
internal sealed class EncodeSpeechWorkload : Workload
{
    public const int Seconds = 4;

    private readonly BrewClipModel _model;
    private readonly AudioClip[] _clips;

    /// <param name="utterances">How many at once.</param>
    /// <param name="whisper">A preset of English alone.</param>
    /// <param name="clip">A preset.</param>
    public EncodeSpeechWorkload(int utterances, string whisper = "whisper-base.en", string clip = "clip-vit-large-patch14")
    {
        _model = FreshBrewClip.Create(whisper, clip);
        const int Rate = LogMelSpectrogram.SampleRate;
        _clips = [.. Enumerable.Range(1, utterances).Select(seed => new AudioClip(RandomValues.Floats(Seconds * Rate, seed), Rate))];
    }

    public override int Items => _clips.Length;

    // Start and no-timestamps tokens come before the twelve, of which the last is not read; CLIP reads start,
    // prompts, twelve letters and end.
    public override double Operations
    {
        get
        {
            var (whisper, clip) = (_model.Backbone.Whisper.Config, _model.Backbone.Clip.Config);
            int prompts = _model.Config.ActivePrompts, tokens = FreshBrewClip.TranscriptTokens;
            double speech = Work.Encoder(whisper) + Work.AudioKeysAndValues(whisper)
                + (tokens + 1) * Work.DecoderStep(whisper, tokens / 2.0);
            double text = Work.Text(clip, tokens + 2 + prompts);
            double acoustic =
                Work.Acoustic(whisper.AudioPositions, whisper.Width, clip.Text.HiddenSize, _model.Config.AcousticFeedForward, prompts);
            return _clips.Length * (speech + text + acoustic);
        }
    }

    public override void Run() => _model.EncodeSpeech(_clips);

    public override IReadOnlyList<string> PeerArguments(string folder)
    {
        for (int i = 0; i < _clips.Length; i++)
        {
            WaveFileWriter.Write(Path.Combine(folder, $"{i}.wav"), _clips[i]);
        }

        var (whisper, clip) = (_model.Backbone.Whisper.Config, _model.Backbone.Clip.Config);
        return
        [
            folder, $"{_clips.Length}", $"{FreshBrewClip.TranscriptTokens}", $"{_model.Config.ActivePrompts}",
            $"{whisper.EncoderLayers}", $"{whisper.Width}", $"{whisper.EncoderAttentionHeads}", $"{whisper.VocabularySize}",
            $"{clip.Text.Layers}", $"{clip.Text.HiddenSize}", $"{clip.Text.AttentionHeads}", $"{clip.EmbeddingSize}",
        ];
    }

    public override void Dispose() => _model.Dispose();
}
