using BrewClip.Core.Text;
using BrewClip.Models.Whisper.Decoding;
using static TorchSharp.torch;

namespace BrewClip.Models.Whisper.Transcription;

/// <summary>Decodes windows at rising temperatures until each has a result that does not look like a failure.</summary>
internal sealed class FallbackPolicy
{
    private readonly TranscriptionOptions _options;
    private readonly WhisperModel _model;
    private readonly WhisperTokenizer _tokenizer;
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Language, double Temperature), DecodingTask> _tasks = [];

    public FallbackPolicy(WhisperModel model, WhisperTokenizer tokenizer, TranscriptionOptions options)
    {
        (_options, _model, _tokenizer) = (options, model, tokenizer);
        // Every temperature's options are checked before any sound is heard.
        foreach (double temperature in options.Temperatures)
        {
            Task(options.Decoding.Language ?? "en", temperature);
        }
    }

    /// <summary>One result for each window.</summary>
    /// <param name="features">The encoder's output for the windows [windows, frames, width].</param>
    /// <param name="languages">Each window's language.</param>
    /// <param name="prompts">Each window's prompt.</param>
    /// <param name="cancellation">Checked at every token.</param>
    public DecodingResult[] Decode(
        Tensor features, IReadOnlyList<string> languages, IReadOnlyList<IReadOnlyList<int>> prompts, CancellationToken cancellation)
    {
        var results = new DecodingResult[languages.Count];
        int[] open = [.. Enumerable.Range(0, results.Length)];
        foreach (double temperature in _options.Temperatures)
        {
            foreach (var group in open.GroupBy(window => languages[window]))
            {
                DecodeGroup(features, Task(group.Key, temperature), [.. group], prompts, results, cancellation);
            }

            open = [.. open.Where(window => LooksFailed(results[window]))];
            if (open.Length == 0)
            {
                break;
            }
        }

        return results;
    }

    /// <summary>Whether a window holds no speech and is passed over.</summary>
    public bool IsSilent(DecodingResult result) =>
        _options.NoSpeechThreshold is { } silence && result.NoSpeechProbability > silence
        && !(_options.LogProbabilityThreshold is { } threshold && result.AverageLogProbability > threshold);

    private static void DecodeGroup(
        Tensor features,
        DecodingTask task,
        int[] windows,
        IReadOnlyList<IReadOnlyList<int>> prompts,
        DecodingResult[] results,
        CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var chosen = windows.Length == features.shape[0]
            ? features
            : features.index_select(0, tensor(Array.ConvertAll(windows, window => (long)window), device: features.device));
        var decoded = task.DecodeFeatures(chosen, [.. windows.Select(window => prompts[window])], cancellation);
        for (int i = 0; i < windows.Length; i++)
        {
            results[windows[i]] = decoded[i];
        }
    }

    private bool LooksFailed(DecodingResult result)
    {
        bool unlikely = _options.LogProbabilityThreshold is { } likely && result.AverageLogProbability < likely;
        if (unlikely && _options.NoSpeechThreshold is { } silence && result.NoSpeechProbability > silence)
        {
            // Silence is not decoded better by another temperature.
            return false;
        }

        return unlikely || (_options.CompressionRatioThreshold is { } repetitive && result.CompressionRatio > repetitive);
    }

    private DecodingTask Task(string language, double temperature)
    {
        lock (_lock)
        {
            if (!_tasks.TryGetValue((language, temperature), out var task))
            {
                task = new DecodingTask(_model, _tokenizer, _options.At(temperature) with { Language = language });
                _tasks[(language, temperature)] = task;
            }

            return task;
        }
    }
}
