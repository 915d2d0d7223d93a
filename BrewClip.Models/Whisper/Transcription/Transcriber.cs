using System.Runtime.CompilerServices;
using BrewClip.Core.Audio;
using BrewClip.Core.Text;
using BrewClip.Models.Whisper.Decoding;
using static TorchSharp.torch;

namespace BrewClip.Models.Whisper.Transcription;

/// <summary>Writes down what is said in sound of any length, window by window.</summary>
/// <remarks>
/// Safe for concurrent use; libtorch shares its threads among callers, so that a batch is faster than as many calls side by side. Neither
/// the model nor the tokenizer is disposed. No sound, and sound without speech, are results like others: see
/// <see cref="Transcript.Outcome"/>.
/// </remarks>
public sealed class Transcriber
{
    private readonly LogMelSpectrogram _spectrogram;

    /// <param name="model">The network.</param>
    /// <param name="tokenizer">Its tokenizer.</param>
    public Transcriber(WhisperModel model, WhisperTokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(tokenizer);
        (Model, Tokenizer) = (model, tokenizer);
        _spectrogram = new LogMelSpectrogram(model.Config.MelBins);
    }

    /// <summary>The network.</summary>
    public WhisperModel Model { get; }

    /// <summary>Its tokenizer.</summary>
    public WhisperTokenizer Tokenizer { get; }

    /// <summary>Transcribes one clip.</summary>
    /// <param name="clip">Sound of any length and rate.</param>
    /// <param name="options">
    /// openai/whisper's defaults when null; <see cref="TranscriptionOptions.SpeechQuery"/> suits short queries.
    /// </param>
    /// <param name="progress">Told after every window.</param>
    /// <param name="cancellation">Checked at every token.</param>
    /// <exception cref="ArgumentException">
    /// Options contradict each other or the model; or a clip is null, or holds samples too large to compute with (of several the message
    /// says which).
    /// </exception>
    /// <exception cref="NotFiniteNumberException">The model's scores are not finite numbers.</exception>
    public Transcript Transcribe(
        AudioClip clip, TranscriptionOptions? options = null, IProgress<TranscriptionProgress>? progress = null,
        CancellationToken cancellation = default) =>
        TranscribeBatch([clip], options, 1, progress, cancellation)[0];

    /// <summary>Transcribes many clips, a window of each at a time: each result equals that of its clip alone.</summary>
    /// <param name="clips">Sounds of any length and rate.</param>
    /// <param name="options">openai/whisper's defaults when null.</param>
    /// <param name="batchSize">How many clips are heard at once, 1 or more, 16 by default; what they need in memory grows with it.</param>
    /// <param name="progress">Told after every window.</param>
    /// <param name="cancellation">Checked at every token.</param>
    /// <returns>The transcripts in the order of the clips.</returns>
    /// <inheritdoc cref="Transcribe" path="/exception"/>
    public IReadOnlyList<Transcript> TranscribeBatch(
        IReadOnlyList<AudioClip> clips,
        TranscriptionOptions? options = null,
        int batchSize = 16,
        IProgress<TranscriptionProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(clips);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        var tools = Tools(options);
        var transcripts = new Transcript[clips.Count];
        var waiting = new Queue<int>(Enumerable.Range(0, clips.Count));
        var running = new List<TranscriptionRun>();
        while (waiting.Count > 0 || running.Count > 0)
        {
            while (running.Count < batchSize && waiting.TryDequeue(out int index))
            {
                running.Add(OpenOneOf(tools, clips, index));
            }

            Finish(running, transcripts);
            if (running.Count > 0)
            {
                Report(running, Step(tools, running, cancellation), progress);
                Finish(running, transcripts);
            }
        }

        return transcripts;
    }

    /// <summary>Transcribes one clip, handing out segments as they are done.</summary>
    /// <param name="clip">Sound of any length and rate.</param>
    /// <param name="options">openai/whisper's defaults when null.</param>
    /// <param name="cancellation">Checked at every token.</param>
    /// <returns>
    /// The segments of <see cref="Transcribe"/> in their order; windows are decoded on the thread pool as they are asked for.
    /// </returns>
    /// <inheritdoc cref="Transcribe" path="/exception"/>
    public async IAsyncEnumerable<TranscriptSegment> StreamAsync(
        AudioClip clip, TranscriptionOptions? options = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var tools = Tools(options);
        var run = await Task.Run(() => Open(tools, clip, 0), cancellation).ConfigureAwait(false);
        while (run.Window is not null)
        {
            var segments = await Task.Run(() => Step(tools, [run], cancellation)[0], cancellation).ConfigureAwait(false);
            foreach (var segment in segments)
            {
                yield return segment;
            }
        }
    }

    /// <summary>Tells in which language a clip's beginning (30 s) is spoken.</summary>
    /// <param name="clip">Sound of any rate; what follows its first window is not heard.</param>
    /// <exception cref="InvalidOperationException">The model knows English alone.</exception>
    /// <exception cref="ArgumentException">There is no sound.</exception>
    public DetectedLanguage DetectLanguage(AudioClip clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        var run = Open(Tools(null), clip, 0);
        if (run.Window is null)
        {
            throw new ArgumentException("The clip holds less than one frame of 10 ms: there is no language in it.", nameof(clip));
        }

        using var scope = NewDisposeScope();
        return Languages([run])[0];
    }

    private TranscriptionTools Tools(TranscriptionOptions? options) =>
        new(Model, Tokenizer, _spectrogram, options ?? new TranscriptionOptions());

    private TranscriptionRun OpenOneOf(TranscriptionTools tools, IReadOnlyList<AudioClip> clips, int index)
    {
        try
        {
            return Open(tools, clips[index], index);
        }
        catch (ArgumentException error) when (clips.Count > 1)
        {
            throw new ArgumentException($"Clip {index}: {error.Message}", error);
        }
    }

    private TranscriptionRun Open(TranscriptionTools tools, AudioClip clip, int index)
    {
        ArgumentNullException.ThrowIfNull(clip);
        return new TranscriptionRun(tools, new Sound(clip, tools.Spectrogram, Model.Config.MelFrames), index);
    }

    // One window of every run.
    private IReadOnlyList<TranscriptSegment>[] Step(
        TranscriptionTools tools, IReadOnlyList<TranscriptionRun> runs, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        DetectMissing([.. runs.Where(run => run.Language is null)]);
        var features = Model.Encoder.Encode(cat(runs.Select(run => run.Mel()).ToArray(), 0));
        var results = tools.Fallback.Decode(
            features, [.. runs.Select(run => run.Language!)], [.. runs.Select(run => run.Prompt)], cancellation);
        return [.. runs.Select((run, i) => run.Accept(results[i], features.narrow(0, i, 1)))];
    }

    private void DetectMissing(TranscriptionRun[] runs)
    {
        if (runs.Length == 0)
        {
            return;
        }

        using var scope = NewDisposeScope();
        foreach (var (run, detected) in runs.Zip(Languages(runs)))
        {
            run.Language = detected.Language;
        }
    }

    private IReadOnlyList<DetectedLanguage> Languages(TranscriptionRun[] runs)
    {
        var features = Model.Encoder.Encode(cat(runs.Select(run => run.Opening()).ToArray(), 0));
        return new DecodingTask(Model, Tokenizer).DetectLanguages(features);
    }

    private static void Report(
        List<TranscriptionRun> runs, IReadOnlyList<TranscriptSegment>[] segments, IProgress<TranscriptionProgress>? progress)
    {
        for (int i = 0; i < runs.Count && progress is not null; i++)
        {
            progress.Report(new TranscriptionProgress(runs[i].Index, runs[i].Position, runs[i].Duration, segments[i]));
        }
    }

    private static void Finish(List<TranscriptionRun> running, Transcript[] transcripts)
    {
        foreach (var run in running.Where(run => run.Window is null))
        {
            transcripts[run.Index] = run.Finish();
        }

        running.RemoveAll(run => run.Window is null);
    }
}
