using BrewClip.Core.Images;
using BrewClip.Core.Text;
using BrewClip.Models.Brew;
using BrewClip.Models.Loading;
using static TorchSharp.torch;

namespace BrewClip.Models.Clip;

/// <summary>CLIP with its tokenizer and its image preprocessing: images and texts in, vectors of one space out.</summary>
/// <remarks>Safe for concurrent use. Whoever loads it disposes it, and the network with it.</remarks>
public sealed class ClipEmbedder : IDisposable
{
    private bool _disposed;

    private ClipEmbedder(string folder, ClipModel model, ClipTokenizer tokenizer, ClipImageProcessor imageProcessor, int batchSize)
    {
        (Folder, Model, Tokenizer, ImageProcessor, BatchSize) = (folder, model, tokenizer, imageProcessor, batchSize);
    }

    /// <summary>Where it was loaded from.</summary>
    public string Folder { get; }

    /// <summary>The network; disposed with this object.</summary>
    public ClipModel Model { get; }

    /// <summary>Texts to tokens.</summary>
    public ClipTokenizer Tokenizer { get; }

    /// <summary>Images to pixels.</summary>
    public ClipImageProcessor ImageProcessor { get; }

    /// <summary>Images or texts in one pass. 16 unless it was loaded with another.</summary>
    public int BatchSize { get; }

    /// <summary>How many numbers a vector has.</summary>
    public int Dimensions => Model.Config.EmbeddingSize;

    /// <summary>Loads a model with what belongs to it.</summary>
    /// <param name="folder">CLIP in the hub's layout, tokenizer and <c>preprocessor_config.json</c> included.</param>
    /// <param name="options">Element type and device; float32 on the CPU when null.</param>
    /// <param name="batchSize">Images or texts in one pass, 1 or more.</param>
    /// <param name="cancellation">Checked while weights are copied.</param>
    /// <exception cref="FileNotFoundException">A file is not there.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or the parts do not belong together.</exception>
    /// <exception cref="CheckpointMismatchException">Names or shapes of weights are not those of the configuration.</exception>
    public static ClipEmbedder Load(
        string folder, ModelLoadingOptions? options = null, int batchSize = 16, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        var config = ClipConfig.Load(folder);
        var tokenizer = ClipTokenizer.Load(folder, config.Text.VocabularySize);
        var imageProcessor = ClipImageProcessor.Load(folder);
        return imageProcessor.Size == config.Vision.ImageSize
            ? new ClipEmbedder(
                Path.GetFullPath(folder), ClipModel.Load(folder, options, cancellation), tokenizer, imageProcessor, batchSize)
            : throw new InvalidDataException(
                $"'{folder}' prepares images of {imageProcessor.Size} pixels for a model of {config.Vision.ImageSize}: "
                + "preprocessor_config.json is another model's.");
    }

    /// <summary>One vector for each image, in their order, not normalised; several views of an image are averaged.</summary>
    /// <param name="images">Images of any size.</param>
    /// <param name="cancellation">Checked between batches.</param>
    /// <exception cref="NotFiniteNumberException">A vector is not made of finite numbers: weights or element type do not fit.</exception>
    public IReadOnlyList<float[]> EmbedImages(IReadOnlyList<RgbImage> images, CancellationToken cancellation = default) =>
        EmbedImages(images, finite: true, cancellation);

    /// <summary>As the public one; a vector that is not made of finite numbers is an error, or given as it is.</summary>
    internal IReadOnlyList<float[]> EmbedImages(IReadOnlyList<RgbImage> images, bool finite, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(images);
        ObjectDisposedException.ThrowIf(_disposed, this);
        RequireItems(images, "Image");
        int views = ImageProcessor.ViewCount, length = ImageProcessor.OutputLength, size = ImageProcessor.Size;
        var vectors = new List<float[]>(images.Count);
        foreach (var batch in images.Chunk(Math.Max(1, BatchSize / views)))
        {
            cancellation.ThrowIfCancellationRequested();
            var pixels = new float[checked(batch.Length * length)];
            Parallel.For(0, batch.Length, i => ImageProcessor.Process(batch[i], pixels.AsSpan(i * length, length)));
            using var scope = NewDisposeScope();
            var embedded = Model.Vision.Encode(tensor(pixels, [batch.Length * views, 3, size, size]));
            float[][] rows = finite ? TensorRows.ToFiniteArrays(embedded, "an image") : TensorRows.ToArrays(embedded);
            vectors.AddRange(rows.Chunk(views).Select(views => VectorPool.Average(views, [])));
        }

        return vectors;
    }

    /// <summary>One vector for each text, in their order, not normalised; a text past the context is cut.</summary>
    /// <param name="texts">Texts of any length.</param>
    /// <param name="cancellation">Checked between batches.</param>
    /// <exception cref="NotFiniteNumberException">A vector is not made of finite numbers: weights or element type do not fit.</exception>
    public IReadOnlyList<float[]> EmbedTexts(IReadOnlyList<string> texts, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ObjectDisposedException.ThrowIf(_disposed, this);
        RequireItems(texts, "Text");
        int context = Model.Config.Text.ContextLength;
        var vectors = new List<float[]>(texts.Count);
        foreach (string[] batch in texts.Chunk(BatchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            long[] tokens = [.. batch.SelectMany(text => Tokenizer.EncodeForModel(text, context)).Select(token => (long)token)];
            using var scope = NewDisposeScope();
            vectors.AddRange(TensorRows.ToFiniteArrays(Model.Text.Encode(tensor(tokens, [batch.Length, context])), "a text"));
        }

        return vectors;
    }

    /// <summary>Frees the network. Not while a call is under way.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            Model.Dispose();
        }
    }

    private static void RequireItems<T>(IReadOnlyList<T> items, string what)
        where T : class
    {
        for (int i = 0; i < items.Count; i++)
        {
            if (items[i] is null)
            {
                throw new ArgumentException($"{what} {i} is null.", nameof(items));
            }
        }
    }
}
