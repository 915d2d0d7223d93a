using System.Text.Json;
using System.Text.Json.Serialization;
using BrewClip.Core.Audio;
using BrewClip.Data;
using BrewClip.Data.Caches;
using BrewClip.Data.Transcripts;
using BrewClip.Models.Whisper.Transcription;
using Transcript = BrewClip.Data.Transcripts.Transcript;

namespace BrewClip.Training.Tasks;

/// <summary>
/// Transcripts of recordings into a cache, each recording once; what is wrong with a recording itself is recorded as its failure.
/// </summary>
public static class TranscriptCaching
{
    private static readonly JsonSerializerOptions _json = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>The options that a cache of transcripts is opened with, part of its identity: every value of them, by name.</summary>
    /// <param name="options">How recordings are transcribed.</param>
    public static string Options(TranscriptionOptions options) => JsonSerializer.Serialize(options, _json);

    /// <summary>Adds the transcript of every recording that the cache lacks.</summary>
    /// <param name="utterances">The records; those without a recording are passed over.</param>
    /// <param name="cache">Opened with the model's identity and the options of <paramref name="transcribe"/>.</param>
    /// <param name="transcribe">
    /// Transcribes recordings, as many texts as clips. Where it says that a recording is bad, by <see cref="InvalidDataException"/> or by
    /// <see cref="ArgumentException"/> over samples too large to compute with, the batch's are tried one by one, so that a bad one costs no
    /// other. Any other exception ends the run, and no recording is blamed for it.
    /// </param>
    /// <param name="batch">Recordings transcribed at a time.</param>
    /// <param name="progress">Told how many recordings are done.</param>
    /// <param name="cancellation">Heeded between batches; what was added stays.</param>
    /// <exception cref="ArgumentException">There are not as many texts as clips.</exception>
    /// <exception cref="IOException">The cache cannot be written; no recording is blamed for it.</exception>
    public static void Run(
        IEnumerable<Utterance> utterances, TranscriptCache cache, Func<IReadOnlyList<AudioClip>, IReadOnlyList<string>> transcribe,
        int batch = 16, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        int done = 0;
        foreach (var chunk in utterances
            .Where(utterance => utterance.AudioPath is not null).Select(utterance => utterance.AudioPath!).Distinct().Chunk(batch))
        {
            cancellation.ThrowIfCancellationRequested();
            var missing = new Dictionary<string, AudioClip>(StringComparer.Ordinal);
            foreach (string path in chunk)
            {
                Open(path, cache, missing);
            }

            Transcribe(missing, cache, transcribe, cancellation);
            progress?.Report(done += chunk.Length);
        }

        cache.Flush();
    }

    /// <summary>Adds transcripts that somebody else made, such as the published ones of the authors' Whisper.</summary>
    /// <param name="utterances">The records; those without a recording, or without a transcript, are passed over.</param>
    /// <param name="cache">
    /// Opened with options that say whose they are, so that they never pass for those of a Whisper that runs here.
    /// </param>
    /// <param name="transcripts">
    /// By <see cref="Utterance.Id"/>: <see cref="PublishedTranscripts.Read"/>. Of doubled ids the first counts.
    /// </param>
    /// <param name="cancellation">Heeded between recordings; what was added stays.</param>
    /// <returns>How many were added; what the cache held already stays as it is.</returns>
    /// <exception cref="IOException">A recording cannot be read, or the cache cannot be written.</exception>
    public static int Import(
        IEnumerable<Utterance> utterances, TranscriptCache cache, IEnumerable<Transcript> transcripts,
        CancellationToken cancellation = default)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var transcript in transcripts)
        {
            texts.TryAdd(transcript.UtteranceId, transcript.Text);
        }

        int before = cache.Count;
        foreach (var utterance in utterances)
        {
            cancellation.ThrowIfCancellationRequested();
            if (utterance.AudioPath is { } path && texts.TryGetValue(utterance.Id, out string? text) && File.Exists(path)
                && ContentHash.OfFile(path) is { } key && !cache.Contains(key))
            {
                cache.Add(key, text);
            }
        }

        cache.Flush();
        return cache.Count - before;
    }

    private static void Open(string path, TranscriptCache cache, Dictionary<string, AudioClip> missing)
    {
        if (!File.Exists(path))
        {
            // Without content there is no key to remember the failure by; loading will name the file.
            return;
        }

        try
        {
            string key = ContentHash.OfFile(path);
            if (!cache.Contains(key) && !missing.ContainsKey(key))
            {
                Load(path, key, cache, missing);
            }
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or FileNotFoundException)
        {
            // As one that is missing.
        }
    }

    private static void Load(string path, string key, TranscriptCache cache, Dictionary<string, AudioClip> missing)
    {
        try
        {
            missing[key] = AudioClip.Load(path);
        }
        catch (InvalidDataException exception)
        {
            cache.AddFailure(key, exception.Message);
        }
    }

    private static void Transcribe(
        Dictionary<string, AudioClip> missing, TranscriptCache cache, Func<IReadOnlyList<AudioClip>, IReadOnlyList<string>> transcribe,
        CancellationToken cancellation)
    {
        if (missing.Count == 0)
        {
            return;
        }

        string[] keys = [.. missing.Keys];
        IReadOnlyList<string> texts;
        try
        {
            texts = transcribe([.. keys.Select(key => missing[key])]);
        }
        catch (Exception exception) when (keys.Length == 1 && IsOf(missing[keys[0]], exception))
        {
            cache.AddFailure(keys[0], exception.Message);
            return;
        }
        catch (Exception exception) when (keys.Length > 1 && exception is InvalidDataException or ArgumentException)
        {
            foreach (string key in keys)
            {
                cancellation.ThrowIfCancellationRequested();
                Transcribe(new Dictionary<string, AudioClip> { [key] = missing[key] }, cache, transcribe, cancellation);
            }

            return;
        }

        if (texts.Count != keys.Length)
        {
            throw new ArgumentException($"{texts.Count} texts were given for {keys.Length} recordings.", nameof(transcribe));
        }

        // A cache that cannot be written is no fault of a recording, which would be taken for bad for ever.
        for (int i = 0; i < keys.Length; i++)
        {
            cache.Add(keys[i], texts[i]);
        }
    }

    // Options that contradict each other are an ArgumentException too, and hold of every recording.
    private static bool IsOf(AudioClip clip, Exception exception) =>
        exception is InvalidDataException || (exception is ArgumentException && IsTooLarge(clip));

    private static bool IsTooLarge(AudioClip clip)
    {
        var spectrogram = new LogMelSpectrogram(melBins: 80);
        var samples = clip.Resample(LogMelSpectrogram.SampleRate).Samples;
        var mel = new float[spectrogram.MelBins * spectrogram.FrameCount(samples.Length)];
        try
        {
            spectrogram.Compute(samples.Span, mel);
            return false;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }
}
