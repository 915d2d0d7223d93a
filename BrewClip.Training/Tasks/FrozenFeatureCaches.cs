using System.Collections.Concurrent;
using System.Globalization;
using BrewClip.Data;
using BrewClip.Data.Caches;
using BrewClip.Models.Brew;
using BrewClip.Models.Whisper.Transcription;
using static TorchSharp.torch;

namespace BrewClip.Training.Tasks;

/// <summary>
/// What the frozen networks make of a data set, computed once and kept: Whisper's frames and transcripts, and CLIP's image embeddings where
/// images are not trained through. Only what the model reads is opened.
/// </summary>
/// <remarks>Whoever opens it disposes it. One process writes a folder of caches at a time.</remarks>
public sealed class FrozenFeatureCaches : IDisposable
{
    private const int Batch = 16;
    private const string ImageKind = "images";

    private readonly BrewClipNetwork _network;
    private readonly BrewClipBackbone _backbone;
    private readonly string _folder;
    private readonly int _states;
    private readonly FeatureCache? _frames;
    private readonly FeatureCache? _images;
    private readonly TranscriptCache? _transcripts;
    private readonly ConcurrentDictionary<string, string> _unreadable = new(StringComparer.Ordinal);

    /// <summary>Opens the caches that a model's training reads.</summary>
    /// <param name="folder">Where they lie; created where missing.</param>
    /// <param name="network">The model to train; it says what is read. The caller keeps it.</param>
    /// <param name="backbone">The frozen networks. The caller keeps them.</param>
    /// <param name="whisper">The identity of Whisper: <see cref="ContentHash.OfModel"/>.</param>
    /// <param name="clip">The identity of CLIP.</param>
    /// <exception cref="IOException">Another process writes a cache.</exception>
    /// <exception cref="InvalidDataException">A cache is damaged at its beginning.</exception>
    public FrozenFeatureCaches(string folder, BrewClipNetwork network, BrewClipBackbone backbone, string whisper, string clip)
    {
        (_folder, _network, _backbone) = (folder, network, backbone);
        _states = network.MixesStates ? backbone.Whisper.Config.EncoderLayers + 1 : 1;
        whisper = IdentityIn(whisper, backbone.Whisper.Encoder.Type);
        clip = IdentityIn(clip, backbone.Clip.Vision.parameters().First().dtype);
        try
        {
            if (network.Config.HasAcoustic)
            {
                _frames = FeatureCache.Open(folder, FrameCaching.Kind, whisper, FrameCaching.Options(network.Config.MaskPadding, _states));
            }

            if (!network.TrainsImages)
            {
                _images = FeatureCache.Open(folder, ImageKind, clip, "", FeaturePrecision.Float32);
            }

            if (network.Config.HasPipeline)
            {
                _transcripts = TranscriptCache.Open(folder, whisper, TranscriptCaching.Options(TranscriptionOptions.SpeechQuery));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>A model's identity in a cache: rounded weights compute other numbers, which are kept apart.</summary>
    /// <param name="model"><see cref="ContentHash.OfModel"/>.</param>
    /// <param name="type">The element type that it was loaded in.</param>
    internal static string IdentityIn(string model, ScalarType type) => type == ScalarType.Float32 ? model : $"{model} {type}";

    /// <summary>What a <see cref="SpeechImageSource"/> reads.</summary>
    public FrozenFeatures Features => new()
    {
        Frames = _frames,
        Images = _images,
        Transcripts = _transcripts,
        HasPipeline = _network.Config.HasPipeline,
        Unreadable = _unreadable,
    };

    /// <summary>The files that could not be read, with the reason.</summary>
    public IReadOnlyDictionary<string, string> Unreadable => _unreadable;

    /// <summary>Computes what is missing.</summary>
    /// <param name="captions">The records.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellation">Heeded between batches; what was computed stays.</param>
    /// <exception cref="IOException">The disk has no room for what is missing, or cannot be written.</exception>
    public void Fill(
        IReadOnlyList<SpokenImageCaption> captions, IProgress<string>? progress = null, CancellationToken cancellation = default)
    {
        if (_frames is not null)
        {
            CheckRoom(captions, cancellation);
            FrameCaching.Run(
                captions, _frames, _backbone.Whisper.Encoder, _network.Config.MaskPadding, Batch, Note,
                Told(progress, "frames", captions.Count), cancellation, _states);
        }

        if (_images is not null)
        {
            ImageCaching.Run(
                captions, _images, _backbone.Clip.Vision, _backbone.ImageProcessor, Batch, Note,
                Told(progress, "image embeddings", captions.DistinctBy(caption => caption.ImagePath).Count()), cancellation);
        }

        if (_transcripts is not null)
        {
            var transcriber = new Transcriber(_backbone.Whisper, _backbone.WhisperTokenizer);
            TranscriptCaching.Run(
                captions, _transcripts,
                clips => [.. transcriber.TranscribeBatch(clips, TranscriptionOptions.SpeechQuery, clips.Count, null, cancellation)
                    .Select(transcript => transcript.Text)],
                Batch, Told(progress, "transcripts", captions.Count), cancellation);
        }
    }

    /// <summary>Closes the caches.</summary>
    public void Dispose()
    {
        _frames?.Dispose();
        _images?.Dispose();
        _transcripts?.Dispose();
    }

    private void Note(string path, string reason) => _unreadable[path] = reason;

    // Frames of the whole window are large, and a disk that is full after a day is learned of too late. Those of speech alone have no size
    // yet.
    private void CheckRoom(IReadOnlyList<SpokenImageCaption> captions, CancellationToken cancellation)
    {
        if (_network.Config.MaskPadding)
        {
            return;
        }

        long missing = CountMissing(captions, _frames!, cancellation);
        long needed = missing * FrameCaching.LargestRecord(_backbone.Whisper.Config, _states);
        long free = new DriveInfo(Path.GetFullPath(_folder)).AvailableFreeSpace;
        if (needed > free)
        {
            throw new IOException(string.Create(
                CultureInfo.InvariantCulture,
                $"The frames of {missing} recordings take {needed / 1e9:F1} GB, and '{_folder}' has room for {free / 1e9:F1}: "
                + $"keep the caches elsewhere, or train with model.mask_padding=true, which keeps the frames of speech alone."));
        }
    }

    /// <summary>
    /// How many recordings a cache lacks. It may hold those of other data sets, so that each is looked for; their hashes are remembered,
    /// and are needed next anyway.
    /// </summary>
    internal static long CountMissing(IEnumerable<Utterance> utterances, FeatureCache cache, CancellationToken cancellation)
    {
        var missing = new HashSet<string>(StringComparer.Ordinal);
        foreach (string path in utterances.Select(utterance => utterance.AudioPath).OfType<string>().Distinct())
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                string key = ContentHash.OfFile(path);
                if (!cache.Contains(key))
                {
                    missing.Add(key);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Computing the frames names it.
            }
        }

        return missing.Count;
    }

    private static SparseProgress? Told(IProgress<string>? progress, string what, int total) => progress is null
        ? null
        : new SparseProgress(progress, what, total);

    // Ten lines for all of a data set, and one for every thousand.
    private sealed class SparseProgress(IProgress<string> progress, string what, int total) : IProgress<int>
    {
        private readonly int _every = Math.Clamp(total / 10, 1, 1_000);
        private int _told = -1;

        public void Report(int value)
        {
            if (value / _every > _told || value >= total)
            {
                _told = value / _every;
                progress.Report($"{what}: {value} of {total}");
            }
        }
    }
}
