using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using BrewClip.Core.Audio;
using BrewClip.Data.Caches;
using BrewClip.Models.Brew;
using BrewClip.Models.Whisper;
using BrewClip.Training.Tasks;
using static TorchSharp.torch;

namespace BrewClip.Training.Probes;

/// <summary>How far a run over many recordings is.</summary>
/// <param name="Done">Recordings that are done.</param>
/// <param name="Total">Recordings in all.</param>
public readonly record struct ProbeProgress(int Done, int Total);

/// <summary>
/// Recordings to encoder frames through a frozen Whisper encoder, each recording padded to the encoder's window as in transcription.
/// </summary>
/// <param name="encoder">The encoder; the caller keeps and disposes it.</param>
/// <param name="cache">
/// Where frames are looked for first and kept, opened by <see cref="OpenCache"/>; null computes them every time. The caller disposes it.
/// </param>
/// <remarks>One instance belongs to one thread.</remarks>
public sealed class EncoderFrameExtractor(WhisperEncoder encoder, FeatureCache? cache)
{
    private readonly LogMelSpectrogram _spectrogram = new(encoder.Config.MelBins);

    /// <summary>Opens the cache of a model's frames of speech alone: the one from which a BrewCLIP that masks padding is trained.</summary>
    /// <param name="folder">The folder of caches, created where missing.</param>
    /// <param name="modelFolder">The Whisper model, known by its contents.</param>
    /// <exception cref="IOException">Another process writes this cache.</exception>
    public static FeatureCache OpenCache(string folder, string modelFolder) =>
        FeatureCache.Open(folder, FrameCaching.Kind, ContentHash.OfModel(modelFolder), FrameCaching.Options(validOnly: true));

    /// <summary>The frames of every recording, in order.</summary>
    /// <param name="audioPaths">Recordings of any rate; what exceeds the encoder's window is cut.</param>
    /// <param name="progress">Told after each recording.</param>
    /// <param name="cancellation">Checked between recordings; what is done stays in the cache.</param>
    /// <exception cref="InvalidDataException">A recording cannot be decoded or holds no samples.</exception>
    /// <exception cref="FileNotFoundException">A recording is missing.</exception>
    public IReadOnlyList<EncoderFrames> Extract(
        IReadOnlyList<string> audioPaths, IProgress<ProbeProgress>? progress = null, CancellationToken cancellation = default)
    {
        var frames = new EncoderFrames[audioPaths.Count];
        for (int i = 0; i < frames.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            frames[i] = cache is null ? Encode(audioPaths[i]) : Cached(cache, audioPaths[i]);
            progress?.Report(new ProbeProgress(i + 1, frames.Length));
        }

        return frames;
    }

    private EncoderFrames Cached(FeatureCache known, string path)
    {
        string key = ContentHash.OfFile(path);
        if (known.Find(key) is { } found)
        {
            var halves = new Half[found.Values.Length];
            TensorPrimitives.ConvertToHalf(found.Values, halves);
            return new EncoderFrames(halves, found.Rows, found.Width);
        }

        var frames = Encode(path);
        var values = new float[frames.Values.Length];
        TensorPrimitives.ConvertToSingle(frames.Values.Span, values);
        known.Add(key, new CachedFeatures(frames.Count, frames.Width, values));
        return frames;
    }

    private EncoderFrames Encode(string path)
    {
        var clip = AudioClip.Load(path).Resample(LogMelSpectrogram.SampleRate);
        var config = encoder.Config;
        int window = config.MelFrames * LogMelSpectrogram.HopLength;
        var samples = clip.Samples.Span[..Math.Min(clip.Samples.Length, window)];
        if (samples.IsEmpty)
        {
            throw new InvalidDataException($"'{path}' holds 0 samples: nothing to encode.");
        }

        var mel = new float[config.MelBins * config.MelFrames];
        _spectrogram.Compute(samples, window - samples.Length, mel);
        int valid = (int)Math.Min(config.AudioPositions, BrewClipNetwork.ValidFrames(samples.Length));
        using var scope = NewDisposeScope();
        var states = encoder.Encode(tensor(mel, 1, config.MelBins, config.MelFrames));
        var spoken = states.to(ScalarType.Float32, CPU).narrow(1, 0, valid).contiguous();
        var values = new Half[valid * config.Width];
        TensorPrimitives.ConvertToHalf(MemoryMarshal.Cast<byte, float>(spoken.bytes), values);
        return new EncoderFrames(values, valid, config.Width);
    }
}
