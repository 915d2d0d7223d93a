using BrewClip.Data.Caches;
using BrewClip.Models.Brew;
using BrewClip.Models.Whisper.Transcription;
using BrewClip.Training.Tasks;

namespace BrewClip.Training.LittleWorld.Experiments;

/// <summary>
/// What the frozen towers make of the corpora, computed once for all rows and seeds: frames, transcripts, image embeddings. The files are
/// those of <see cref="FrozenFeatureCaches"/>, so that a training run's own caches serve too.
/// </summary>
internal sealed class ExperimentCaches(string folder, ExperimentTowers towers, IProgress<string>? progress) : IDisposable
{
    private const int Batch = 16;

    private readonly Dictionary<bool, FeatureCache> _frames = [];
    private readonly string _whisper = ContentHash.OfModel(towers.WhisperFolder), _clip = ContentHash.OfModel(towers.ClipFolder);
    private TranscriptCache? _transcripts;
    private FeatureCache? _images;

    /// <summary>The part that a model's training reads, what is missing computed now.</summary>
    public FrozenFeatures For(BrewClipConfig config, ExperimentCorpus corpus, CancellationToken cancellation) => new()
    {
        Frames = config.HasAcoustic ? Frames(corpus, config.MaskPadding, cancellation) : null,
        Transcripts = config.HasPipeline ? Transcripts(corpus, cancellation) : null,
        Images = config is { VisionPrompts: true, ActivePrompts: > 0 } ? null : Images(corpus, cancellation),
        HasPipeline = config.HasPipeline,
    };

    /// <summary>Whisper's frames of a corpus.</summary>
    /// <param name="corpus">The corpus.</param>
    /// <param name="validOnly">Those that hold speech alone, or the whole window.</param>
    /// <param name="cancellation">Heeded between batches; what was added stays.</param>
    public FeatureCache Frames(ExperimentCorpus corpus, bool validOnly, CancellationToken cancellation)
    {
        if (!_frames.TryGetValue(validOnly, out var cache))
        {
            cache = FeatureCache.Open(folder, FrameCaching.Kind, _whisper, FrameCaching.Options(validOnly));
            _frames.Add(validOnly, cache);
        }

        FrameCaching.Run(
            corpus.Captions, cache, towers.Backbone.Whisper.Encoder, validOnly, Batch,
            progress: Told($"{corpus.Name}: frames", corpus.Captions.Count), cancellation: cancellation);
        return cache;
    }

    /// <summary>Whisper's transcripts of a corpus, decoded as the models do it.</summary>
    public TranscriptCache Transcripts(ExperimentCorpus corpus, CancellationToken cancellation)
    {
        _transcripts ??= TranscriptCache.Open(folder, _whisper, TranscriptCaching.Options(TranscriptionOptions.SpeechQuery));
        var transcriber = new Transcriber(towers.Backbone.Whisper, towers.Backbone.WhisperTokenizer);
        TranscriptCaching.Run(
            corpus.Captions, _transcripts,
            clips => [.. transcriber.TranscribeBatch(clips, TranscriptionOptions.SpeechQuery, clips.Count, null, cancellation)
                .Select(text => text.Text)],
            Batch, Told($"{corpus.Name}: transcripts", corpus.Captions.Count), cancellation);
        return _transcripts;
    }

    /// <summary>A corpus' transcripts, one for each caption in its order; empty where a recording could not be transcribed.</summary>
    public string[] TextsOf(ExperimentCorpus corpus, CancellationToken cancellation)
    {
        var cache = Transcripts(corpus, cancellation);
        return [.. corpus.Captions.Select(caption => cache.Find(ContentHash.OfFile(caption.AudioPath!))?.Text ?? "")];
    }

    public void Dispose()
    {
        foreach (var cache in _frames.Values)
        {
            cache.Dispose();
        }

        _transcripts?.Dispose();
        _images?.Dispose();
    }

    // CLIP's own embeddings, for models whose images take no prompts.
    private FeatureCache Images(ExperimentCorpus corpus, CancellationToken cancellation)
    {
        _images ??= FeatureCache.Open(folder, "images", _clip, "", FeaturePrecision.Float32);
        ImageCaching.Run(
            corpus.Captions, _images, towers.Backbone.Clip.Vision, towers.Backbone.ImageProcessor,
            progress: Told($"{corpus.Name}: images", corpus.Captions.DistinctBy(caption => caption.ImageId).Count()),
                cancellation: cancellation);
        return _images;
    }

    // Silent while what is there already is looked up.
    private Thousands? Told(string what, int total) => progress is null ? null : new Thousands(progress, what, total);

    private sealed class Thousands(IProgress<string> progress, string what, int total) : IProgress<int>
    {
        private const int Step = 1000, Quiet = 2000;
        private readonly System.Diagnostics.Stopwatch _clock = System.Diagnostics.Stopwatch.StartNew();
        private int _told;

        public void Report(int value)
        {
            if (value / Step > _told && _clock.ElapsedMilliseconds > Quiet)
            {
                _told = value / Step;
                progress.Report($"{what}: {value} of {total}");
            }
        }
    }
}
