using BrewClip.Core.Images;
using BrewClip.Data;
using BrewClip.Data.Caches;
using BrewClip.Models.Brew;
using BrewClip.Training.Tasks;
using static TorchSharp.torch;

namespace BrewClip.Training.LittleWorld.Experiments;

/// <summary>
/// A model's vectors of a corpus from what the frozen towers have computed before, so that a row costs seconds and not minutes.
/// </summary>
/// <param name="model">Any variant; the caller keeps it.</param>
/// <param name="caches">Frames and transcripts.</param>
internal sealed class CachedEmbedder(BrewClipModel model, ExperimentCaches caches)
{
    private const int Batch = 64;
    private readonly BrewClipNetwork _network = model.Network;

    /// <summary>The vector of each image of a corpus, by id.</summary>
    public Dictionary<string, float[]> Images(ExperimentCorpus corpus, CancellationToken cancellation)
    {
        var images = corpus.Captions.DistinctBy(caption => caption.ImageId).ToList();
        var processor = model.Backbone.ImageProcessor;
        var vectors = InBatches(images, cancellation, batch => _network.EmbedImage(
            ExampleTensors.Pixels(
                [.. batch.Select(image => processor.ResizeAndCrop(RgbImage.Load(image.ImagePath)))], processor.Config, CPU)));
        return images.Zip(vectors).ToDictionary(pair => pair.First.ImageId, pair => pair.Second, StringComparer.Ordinal);
    }

    /// <summary>The pipeline channel's vector of each text.</summary>
    public List<float[]> Texts(IReadOnlyList<string> texts, CancellationToken cancellation)
    {
        var tokenizer = model.Backbone.ClipTokenizer;
        int context = model.Backbone.Clip.Config.Text.ContextLength;
        return InBatches(texts, cancellation, batch =>
            _network.EmbedText(ExampleTensors.Tokens(batch, text => CaptionTokens.Of(tokenizer, text, context), 0)));
    }

    /// <summary>The acoustic channel's vector of each utterance.</summary>
    public List<float[]> Acoustic(ExperimentCorpus corpus, CancellationToken cancellation)
    {
        var cache = caches.Frames(corpus, _network.Config.MaskPadding, cancellation);
        return InBatches(corpus.Captions, cancellation, batch => CachedFrameEmbedding.Embed(
            _network, model.Backbone.Whisper.Config, [.. batch.Select(caption => FramesOf(cache, caption))]));
    }

    /// <summary>Both channels added, where both are there.</summary>
    public static IReadOnlyList<float[]> Fuse(IReadOnlyList<float[]>? texts, IReadOnlyList<float[]>? acoustic) => (texts, acoustic) switch
    {
        ({ } words, { } sound) => [.. words.Zip(sound, (text, sounds) => text.Zip(sounds, (one, other) => one + other).ToArray())],
        ({ } words, null) => words,
        (null, { } sound) => sound,
        _ => throw new ArgumentException("Neither text nor acoustic vectors are given: there is nothing to fuse."),
    };

    /// <summary>The cached frames of an utterance.</summary>
    /// <exception cref="InvalidDataException">They are not there: the recording could not be read.</exception>
    public static CachedFeatures FramesOf(FeatureCache cache, Utterance caption) => cache.Find(ContentHash.OfFile(caption.AudioPath!))
        ?? throw new InvalidDataException($"'{caption.AudioPath}' could not be encoded: the corpus is damaged, generate it again.");

    private static List<float[]> InBatches<T>(IReadOnlyList<T> items, CancellationToken cancellation, Func<IReadOnlyList<T>, Tensor> embed)
    {
        var vectors = new List<float[]>(items.Count);
        foreach (var batch in items.Chunk(Batch))
        {
            cancellation.ThrowIfCancellationRequested();
            using var noGrad = no_grad();
            using var scope = NewDisposeScope();
            float[] values = embed(batch).to(ScalarType.Float32).contiguous().data<float>().ToArray();
            vectors.AddRange(values.Chunk(values.Length / batch.Length));
        }

        return vectors;
    }
}
