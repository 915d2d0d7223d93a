using BrewClip.Models.Whisper.Decoding;
using static TorchSharp.torch;

namespace BrewClip.Models.Whisper.Transcription;

/// <summary>One sound on its way to a transcript: which window comes next, and what has been heard.</summary>
internal sealed class TranscriptionRun
{
    private readonly TranscriptionTools _tools;
    private readonly Sound _sound;
    private readonly WindowPlanner _planner;
    private readonly PromptHistory _history;
    private readonly SilenceGate _gate;
    private readonly HallucinationGuard? _guard;
    private readonly List<TranscriptSegment> _segments = [];
    private double _lastSpeech;

    public TranscriptionRun(TranscriptionTools tools, Sound sound, int index)
    {
        (_tools, _sound, Index) = (tools, sound, index);
        var (config, options) = (tools.Model.Config, tools.Options);
        _planner = new WindowPlanner(sound.Frames, config.MelFrames, options.ClipTimestamps);
        _history = new PromptHistory(tools.InitialPrompt, options.CarryInitialPrompt, config.TextPositions);
        _gate = new SilenceGate(options.SilenceLevel);
        _guard = options.HallucinationSilenceThreshold is { } threshold ? new HallucinationGuard(threshold, sound.Frames) : null;
        Language = tools.KnownLanguage;
        Advance();
    }

    /// <summary>Its place among the sounds of a batch.</summary>
    public int Index { get; }

    /// <summary>The window to decode next; null when all is done.</summary>
    public TranscriptionWindow? Window { get; private set; }

    /// <summary>What the next window is told.</summary>
    public IReadOnlyList<int> Prompt => _history.Next();

    /// <summary>Null until it is known.</summary>
    public string? Language { get; set; }

    public TimeSpan Duration => _sound.Duration;

    public TimeSpan Position => TimeSpan.FromSeconds(_planner.Position / WindowPlanner.FramesPerSecond);

    /// <summary>The next window's spectrogram [1, mel bins, frames].</summary>
    public Tensor Mel() => _sound.Mel(Window!.Value);

    /// <summary>The spectrogram that the language is told by [1, mel bins, frames].</summary>
    public Tensor Opening() => _sound.Opening(_tools.Model.Config.MelFrames);

    /// <summary>Takes what the window was decoded to.</summary>
    /// <param name="result">The result.</param>
    /// <param name="features">The encoder's output for the window [1, frames, width].</param>
    /// <returns>The segments that are new.</returns>
    public IReadOnlyList<TranscriptSegment> Accept(DecodingResult result, Tensor features)
    {
        var window = Window!.Value;
        var finished = Hear(window, result, features, out int seek);
        _planner.Continue(window, seek);
        Advance();
        return finished;
    }

    public Transcript Finish() => new()
    {
        Text = _tools.Tokenizer.Decode(_history.Transcript),
        Language = Language,
        Segments = [.. _segments],
        Outcome = _sound.Frames == 0 ? TranscriptOutcome.NoSound
            : _segments.Exists(segment => segment.Text.Length > 0) ? TranscriptOutcome.Speech
            : TranscriptOutcome.NoSpeech,
        Duration = Duration,
    };

    private IReadOnlyList<TranscriptSegment> Hear(TranscriptionWindow window, DecodingResult result, Tensor features, out int seek)
    {
        seek = window.Seek + window.Size;
        if (_tools.Fallback.IsSilent(result))
        {
            return [];
        }

        var cut = _tools.Segmenter.Cut(window, result);
        seek = cut.Seek;
        if (_tools.WordTimes is { } wordTimes)
        {
            wordTimes.Apply(window, cut.Segments, features, Language!, _lastSpeech);
            if (!cut.EndsInSilence && HallucinationGuard.LastWordEnd(cut.Segments) is { } end && end > window.Offset)
            {
                seek = HallucinationGuard.Frame(end);
            }

            if (_guard is not null && !_guard.Apply(window, cut, _lastSpeech, ref seek))
            {
                return [];
            }

            _lastSpeech = HallucinationGuard.LastWordEnd(cut.Segments) ?? _lastSpeech;
        }

        return Keep(cut.Segments, result);
    }

    private List<TranscriptSegment> Keep(List<SegmentDraft> segments, DecodingResult result)
    {
        var finished = new List<TranscriptSegment>(segments.Count);
        foreach (var segment in segments)
        {
            segment.ClearIfEmpty();
            finished.Add(segment.Finish(_segments.Count + finished.Count));
        }

        _segments.AddRange(finished);
        _history.Add(finished.SelectMany(segment => segment.Tokens));
        // What a high temperature wrote may be nonsense: later windows are not told.
        if (!_tools.Options.ConditionOnPreviousText || result.Temperature > 0.5)
        {
            _history.Forget();
        }

        return finished;
    }

    // To the next window that is not silent.
    private void Advance()
    {
        for (Window = _planner.Next(); Window is { } window && _gate.IsSilent(_sound.Samples(window)); Window = _planner.Next())
        {
            _planner.Continue(window, window.Seek + window.Size);
        }
    }
}
