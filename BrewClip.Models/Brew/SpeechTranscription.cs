using BrewClip.Core.Audio;
using BrewClip.Models.Whisper.Decoding;
using BrewClip.Models.Whisper.Transcription;
using static TorchSharp.torch;

namespace BrewClip.Models.Brew;

/// <summary>
/// The pipeline channel's ears. Where each window is decoded once and without the text before it, it reads the encoder's frames that the
/// acoustic channel reads too; otherwise <see cref="Transcriber"/> hears the utterance by itself. One that cannot be transcribed does not
/// stop the others.
/// </summary>
internal sealed class SpeechTranscription
{
    private readonly TranscriptionOptions _options;
    private readonly FallbackPolicy _policy;
    private readonly SilenceGate _gate;
    private readonly int[] _prompt;
    private readonly DecodingTask _task;
    private readonly Transcriber _transcriber;

    /// <exception cref="ArgumentException">The options contradict the model.</exception>
    public SpeechTranscription(BrewClipBackbone backbone, TranscriptionOptions options)
    {
        _options = options;
        _gate = new SilenceGate(options.SilenceLevel);
        _policy = new FallbackPolicy(backbone.Whisper, backbone.WhisperTokenizer, options);
        _prompt = TranscriptionTools.PromptOf(options, backbone.WhisperTokenizer);
        _task = new DecodingTask(
            backbone.Whisper, backbone.WhisperTokenizer, options.At(options.Temperatures[0]) with { PromptTokens = _prompt });
        _transcriber = new Transcriber(backbone.Whisper, backbone.WhisperTokenizer);
    }

    /// <summary>Whether windows are decoded from frames that are at hand.</summary>
    public bool ReadsFrames => _options is
    {
        Timestamps: TimestampDetail.None, ConditionOnPreviousText: false, Temperatures.Count: 1, ClipTimestamps.Count: 0,
    };

    /// <summary>Whether a window's sound is below the level that is listened to.</summary>
    public bool IsSilent(ReadOnlySpan<float> samples) => _gate.IsSilent(samples);

    /// <summary>Decodes windows of several utterances, those of one in their order.</summary>
    /// <param name="frames">The encoder's output [windows, frames, width].</param>
    /// <param name="windows">For each of them the row, the hearing that takes the result, and the seconds of sound.</param>
    /// <param name="cancellation">Checked at every token.</param>
    public void Decode(
        Tensor frames, IReadOnlyList<(int Row, UtteranceHearing Hearing, double Seconds)> windows, CancellationToken cancellation)
    {
        // As openai/whisper does, the prompt is told until a window was heard: a later window waits for those before it.
        for (var waiting = windows; waiting.Count > 0;)
        {
            var told = new HashSet<UtteranceHearing>();
            var next = waiting.Where(window => !IsTold(window.Hearing) || _options.CarryInitialPrompt || told.Add(window.Hearing)).ToList();
            waiting = [.. waiting.Except(next)];
            DecodeTogether(frames, next, cancellation);
        }
    }

    /// <summary>Transcribes whole utterances.</summary>
    public void Transcribe(
        IReadOnlyList<(AudioClip Clip, UtteranceHearing Hearing)> utterances, int batchSize, CancellationToken cancellation)
    {
        try
        {
            var transcripts = _transcriber.TranscribeBatch(
                [.. utterances.Select(utterance => utterance.Clip)], _options, batchSize, null, cancellation);
            for (int i = 0; i < utterances.Count; i++)
            {
                utterances[i].Hearing.AddTranscript(transcripts[i]);
            }
        }
        catch (NotFiniteNumberException) when (utterances.Count > 1)
        {
            foreach (var utterance in utterances)
            {
                Transcribe([utterance], 1, cancellation);
            }
        }
        catch (NotFiniteNumberException exception)
        {
            utterances[0].Hearing.AddFailure(exception.Message);
        }
    }

    private bool IsTold(UtteranceHearing hearing) => _prompt.Length > 0 && (_options.CarryInitialPrompt || !hearing.HasHeardSpeech);

    private void DecodeTogether(
        Tensor frames, IReadOnlyList<(int Row, UtteranceHearing Hearing, double Seconds)> windows, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var chosen = windows.Count == frames.shape[0]
            ? frames
            : frames.index_select(0, tensor(windows.Select(window => (long)window.Row).ToArray(), device: frames.device));
        try
        {
            int[][] prompts = [.. windows.Select(window => IsTold(window.Hearing) ? _prompt : [])];
            var results = _task.DecodeFeatures(chosen, prompts, cancellation);
            for (int i = 0; i < windows.Count; i++)
            {
                windows[i].Hearing.AddDecoded(results[i], !_policy.IsSilent(results[i]), windows[i].Seconds);
            }
        }
        catch (NotFiniteNumberException) when (windows.Count > 1)
        {
            foreach (var window in windows)
            {
                DecodeTogether(frames.narrow(0, window.Row, 1), [window with { Row = 0 }], cancellation);
            }
        }
        catch (NotFiniteNumberException exception)
        {
            windows[0].Hearing.AddFailure(exception.Message);
        }
    }
}
