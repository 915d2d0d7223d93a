using BrewClip.Core.Images;
using BrewClip.Data;
using BrewClip.Data.Caches;
using BrewClip.Models.Brew;
using BrewClip.Models.Clip;
using BrewClip.Models.Presets;
using BrewClip.Training;
using BrewClip.Training.Tasks;
using static TorchSharp.torch;

namespace BrewClip.Benchmarks.Training;

/// <summary>
/// A step of BrewCLIP's training over cached features at published sizes (CLIP B/32, Whisper base), 200 frames an utterance; the peer is
/// Peers/training_step.py. Frames, image embeddings and captions are written into a folder of caches, as training reads them.
/// </summary>
internal sealed class TrainingStep : IDisposable
{
    /// <summary>Examples that batches are made of.</summary>
    public const int Examples = 256;

    private const int Frames = 200, Letters = 14;

    private readonly FeatureCache _frames;
    private readonly FeatureCache _images;
    private readonly ClipModel _clip;
    private readonly BrewClipNetwork _network;
    private readonly AdamOptimization _optimizer;
    private readonly IReadOnlyList<SpeechImageExample> _batch;

    public TrainingStep(string folder, int batch)
    {
        // The window is as long as the utterances, so that every frame is read, as by the peer.
        var whisper = ModelPresets.Whisper("whisper-base.en") with { AudioPositions = Frames };
        _clip = PublishedSize.Clip("clip-vit-base-patch32");
        _network = new BrewClipNetwork(
            new BrewClipConfig { ModelType = BrewClipConfig.ModelTypeName, Whisper = "-", Clip = "-", VisionPrompts = false }, _clip, whisper);
        _frames = FeatureCache.Open(folder, FrameCaching.Kind, "measured", FrameCaching.Options(validOnly: false));
        _images = FeatureCache.Open(folder, "images", "measured", "", FeaturePrecision.Float32);
        var captions = Enumerable.Range(0, Examples).Select(i => Write(folder, i, whisper.Width)).ToList();
        Source = new SpeechImageSource(
            captions, new FrozenFeatures { Frames = _frames, Images = _images }, Brew.FreshBrewClip.Tokenizer(_clip.Config.Text),
            new ClipImageProcessor(new ClipImageProcessorConfig()), _clip.Config.Text.ContextLength);
        Task = new BrewClipTraining(_network, whisper, Source);
        _optimizer = Optimizer.Create(Task.Parameters, 1e-4);
        _batch = [.. Enumerable.Range(0, batch).Select(i => Source.Load(i, new DeterministicRandom(0)))];
    }

    public static AdamOptions Optimizer { get; } = new() { Kind = AdamKind.AdamW };

    public SpeechImageSource Source { get; }

    public BrewClipTraining Task { get; }

    /// <summary>One step over a batch that is in memory.</summary>
    public void Run()
    {
        using var scope = NewDisposeScope();
        _optimizer.ZeroGradients();
        Task.Backward([_batch]);
        _optimizer.ClipGradients(4);
        _optimizer.Step(1e-4);
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _network.Dispose();
        _clip.Dispose();
        _frames.Dispose();
        _images.Dispose();
    }

    private SpokenImageCaption Write(string folder, int number, int width)
    {
        // Caches know files by their contents alone: any contents serve.
        string recording = Path.Combine(folder, $"{number}.wav"), picture = Path.Combine(folder, $"{number}.jpg");
        File.WriteAllText(recording, $"recording {number}");
        File.WriteAllText(picture, $"picture {number}");
        var random = new Random(number);
        _frames.Add(ContentHash.OfFile(recording), Features(random, Frames, width));
        _images.Add(ContentHash.OfFile(picture), Features(random, 1, _clip.Config.EmbeddingSize));
        string caption = string.Concat(Enumerable.Range(0, Letters).Select(_ => (char)('a' + random.Next(26))));
        return new SpokenImageCaption
        {
            Id = $"{number}",
            ImageId = $"{number}",
            ImagePath = picture,
            AudioPath = recording,
            Caption = caption,
        };
    }

    private static CachedFeatures Features(Random random, int rows, int width) =>
        new(rows, width, [.. Enumerable.Range(0, rows * width).Select(_ => 2 * random.NextSingle() - 1)]);
}
