using System.Globalization;
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

    private const string Valid = "valid", Window = "window";

    /// <summary>The options that a cache of frames is opened with: part of its identity.</summary>
    /// <param name="validOnly">Only frames that hold speech, for a model that masks padding; else all of the window.</param>
    /// <param name="states">
    /// States of the encoder that are kept: 1, the last, or all of them, one more than layers, for a model that mixes them.
    /// </param>
    public static string Options(bool validOnly, int states = 1) =>
        (validOnly ? Valid : Window) + (states == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" {states} states"));

    /// <summary>Whether a cache of these options holds the frames of speech alone.</summary>
    internal static bool HoldsValidOnly(FeatureCache cache) => cache.Options.StartsWith(Valid, StringComparison.Ordinal);

    /// <summary>Bytes that a recording takes in the cache at most.</summary>
    internal static long LargestRecord(WhisperConfig config, int states) =>
        (long)states * config.AudioPositions * config.Width * sizeof(ushort);

    /// <summary>Adds the frames of every recording that the cache lacks.</summary>
    /// <param name="utterances">The records; those without a recording are passed over.</param>
    /// <param name="cache">
    /// Opened with <see cref="Options"/> of the same <paramref name="validOnly"/> and <paramref name="states"/>.
    /// </param>
    /// <param name="encoder">The frozen encoder.</param>
    /// <param name="validOnly">Keep the frames that hold speech alone.</param>
    /// <param name="batch">Recordings encoded at a time.</param>
    /// <param name="problem">Told of recordings that cannot be read or computed with, by path and reason; they are passed over.</param>
    /// <param name="progress">Told how many recordings are done.</param>
    /// <param name="cancellation">Heeded between batches; what was added stays.</param>
    /// <param name="states">
    /// States to keep, the embedding's, every layer's and so on: 1 for the last alone, or all of the encoder's.
    /// </param>
    /// <exception cref="ArgumentException">The cache was opened for others, or the encoder has not as many states.</exception>
    /// <exception cref="IOException">The cache cannot be written.</exception>
    public static void Run(
        IEnumerable<Utterance> utterances, FeatureCache cache, WhisperEncoder encoder, bool validOnly, int batch = 16,
        Action<string, string>? problem = null, IProgress<int>? progress = null, CancellationToken cancellation = default, int states = 1)
    {
        if (cache.Options != Options(validOnly, states))
        {
            throw new ArgumentException(
                $"The cache was opened for '{cache.Options}' frames, not for '{Options(validOnly, states)}' ones.", nameof(cache));
        }

        if (states != 1 && states != encoder.Config.EncoderLayers + 1)
        {
            throw new ArgumentException(
                $"{states} states are asked for: the encoder has 1 last one, or all {encoder.Config.EncoderLayers + 1}.", nameof(states));
        }

        var spectrogram = new LogMelSpectrogram(encoder.Config.MelBins);
        int done = 0;
        foreach (var chunk in utterances
            .Where(utterance => utterance.AudioPath is not null).Select(utterance => utterance.AudioPath!).Distinct().Chunk(batch))
        {
            cancellation.ThrowIfCancellationRequested();
            var missing = new List<(string Path, string Key, float[] Mel, int Valid)>();
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
                catch (Exception exception) when (
                    exception is InvalidDataException or ArgumentException or IOException or UnauthorizedAccessException)
                {
                    problem?.Invoke(path, exception.Message);
                }
            }

            Encode(missing, cache, encoder, validOnly, states, problem);
            progress?.Report(done += chunk.Length);
        }

        cache.Flush();
    }

    private static (string Path, string Key, float[] Mel, int Valid) Open(
        string key, string path, LogMelSpectrogram spectrogram, WhisperConfig config)
    {
        var clip = AudioClip.Load(path).Resample(LogMelSpectrogram.SampleRate);
        int window = config.MelFrames * LogMelSpectrogram.HopLength;
        int length = Math.Min(window, clip.Samples.Length);
        var mel = new float[config.MelBins * config.MelFrames];
        spectrogram.Compute(clip.Samples.Span[..length], window - length, mel);
        return (path, key, mel, (int)BrewClipNetwork.ValidFrames(length));
    }

    private static void Encode(
        List<(string Path, string Key, float[] Mel, int Valid)> missing, FeatureCache cache, WhisperEncoder encoder, bool validOnly,
        int states,
        Action<string, string>? problem)
    {
        if (missing.Count == 0)
        {
            return;
        }

        using var scope = NewDisposeScope();
        var mel = ExampleTensors.Rows(
            missing.Select(item => item.Mel).ToList(), [encoder.Config.MelBins, encoder.Config.MelFrames], encoder.Device);
        IReadOnlyList<Tensor> outputs = states == 1 ? [encoder.Encode(mel)] : encoder.EncodeLayers(mel);
        Tensor[] host = [.. outputs.Select(output => output.to(ScalarType.Float32).cpu())];
        for (int i = 0; i < missing.Count; i++)
        {
            int rows = validOnly ? Math.Min(missing[i].Valid, encoder.Config.AudioPositions) : encoder.Config.AudioPositions;
            var values = new float[states * rows * encoder.Config.Width];
            for (int state = 0; state < states; state++)
            {
                using var own = host[state].select(0, i).narrow(0, 0, rows);
                own.data<float>().ToArray().CopyTo(values, state * rows * encoder.Config.Width);
            }

            try
            {
                cache.Add(missing[i].Key, new CachedFeatures(states * rows, encoder.Config.Width, values));
            }
            catch (InvalidDataException exception)
            {
                // Beyond what float16 holds, or no numbers: this recording alone.
                problem?.Invoke(missing[i].Path, exception.Message);
            }
        }
    }
}
