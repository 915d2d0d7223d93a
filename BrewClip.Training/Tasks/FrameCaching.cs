using BrewClip.Core.Audio;
using BrewClip.Data;
using BrewClip.Data.Caches;
using BrewClip.Models.Brew;
using BrewClip.Models.Whisper;
using static TorchSharp.torch;

namespace BrewClip.Training.Tasks;

/// <summary>Whisper's frames of recordings into a cache, each recording once.</summary>
/// <remarks>A recording longer than the model's window is cut, as the authors' code does (pad_or_trim).</remarks>
public static class FrameCaching
{
    /// <summary>The kind that a cache of frames is opened with.</summary>
    public const string Kind = "frames";

    /// <summary>The options that a cache of frames is opened with: part of its identity.</summary>
    /// <param name="validOnly">Only frames that hold speech, for a model that masks padding; else all of the window.</param>
    public static string Options(bool validOnly) => validOnly ? "valid" : "window";

    /// <summary>Adds the frames of every recording that the cache lacks.</summary>
    /// <param name="utterances">The records; those without a recording are passed over.</param>
    /// <param name="cache">Opened with <see cref="Options"/> of the same <paramref name="validOnly"/>.</param>
    /// <param name="encoder">The frozen encoder.</param>
    /// <param name="validOnly">Keep the frames that hold speech alone.</param>
    /// <param name="batch">Recordings encoded at a time.</param>
    /// <param name="problem">Told of recordings that cannot be read, by path and reason; they are passed over.</param>
    /// <param name="progress">Told how many recordings are done.</param>
    /// <param name="cancellation">Heeded between batches; what was added stays.</param>
    public static void Run(
        IEnumerable<Utterance> utterances, FeatureCache cache, WhisperEncoder encoder, bool validOnly, int batch = 16,
        Action<string, string>? problem = null, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        if (cache.Options != Options(validOnly))
        {
            throw new ArgumentException($"The cache was opened for '{cache.Options}' frames, not for '{Options(validOnly)}' ones.", nameof(cache));
        }

        var spectrogram = new LogMelSpectrogram(encoder.Config.MelBins);
        int done = 0;
        foreach (var chunk in utterances.Where(utterance => utterance.AudioPath is not null).Select(utterance => utterance.AudioPath!).Distinct().Chunk(batch))
        {
            cancellation.ThrowIfCancellationRequested();
            var missing = new List<(string Key, float[] Mel, int Valid)>();
            foreach (string path in chunk)
            {
                try
                {
                    string key = ContentHash.OfFile(path);
                    if (!cache.Contains(key) && missing.All(item => item.Key != key))
                    {
                        missing.Add(Open(key, path, spectrogram, encoder.Config));
                    }
                }
                catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
                {
                    problem?.Invoke(path, exception.Message);
                }
            }

            Encode(missing, cache, encoder, validOnly);
            progress?.Report(done += chunk.Length);
        }

        cache.Flush();
    }

    private static (string Key, float[] Mel, int Valid) Open(string key, string path, LogMelSpectrogram spectrogram, WhisperConfig config)
    {
        var clip = AudioClip.Load(path).Resample(LogMelSpectrogram.SampleRate);
        int window = config.MelFrames * LogMelSpectrogram.HopLength;
        int length = Math.Min(window, clip.Samples.Length);
        var mel = new float[config.MelBins * config.MelFrames];
        spectrogram.Compute(clip.Samples.Span[..length], window - length, mel);
        return (key, mel, (int)BrewClipNetwork.ValidFrames(length));
    }

    private static void Encode(List<(string Key, float[] Mel, int Valid)> missing, FeatureCache cache, WhisperEncoder encoder, bool validOnly)
    {
        if (missing.Count == 0)
        {
            return;
        }

        using var scope = NewDisposeScope();
        var mel = ExampleTensors.Rows(missing.Select(item => item.Mel).ToList(), [encoder.Config.MelBins, encoder.Config.MelFrames], encoder.Device);
        var frames = encoder.Encode(mel).to(ScalarType.Float32).cpu();
        for (int i = 0; i < missing.Count; i++)
        {
            int rows = validOnly ? Math.Min(missing[i].Valid, encoder.Config.AudioPositions) : encoder.Config.AudioPositions;
            using var own = frames.select(0, i).narrow(0, 0, rows);
            cache.Add(missing[i].Key, new CachedFeatures(rows, encoder.Config.Width, own.data<float>().ToArray()));
        }
    }
}
