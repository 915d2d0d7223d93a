using BrewClip.Core.Images;
using static TorchSharp.torch;

namespace BrewClip.Models.Brew;

/// <summary>Images to vectors: preprocessing on every processor, then the image tower; several views of an image averaged.</summary>
internal sealed class ImageEmbedder
{
    private readonly BrewClipNetwork _network;
    private readonly int _batchSize;

    public ImageEmbedder(BrewClipNetwork network, BrewClipBackbone backbone, BrewClipOptions options)
    {
        _network = network;
        var config = backbone.ImageProcessor.Config;
        Processor = options.CropPolicy is { } policy && policy != config.CropPolicy
            ? new ClipImageProcessor(config with { CropPolicy = policy })
            : backbone.ImageProcessor;
        _batchSize = Math.Max(1, options.ImageBatchSize / Processor.ViewCount);
    }

    /// <summary>The preprocessing with the crop policy that was asked for.</summary>
    public ClipImageProcessor Processor { get; }

    /// <summary>One vector for each image, in their order, not normalised.</summary>
    /// <param name="images">Images of any size.</param>
    /// <param name="report">Told how many are done.</param>
    /// <param name="cancellation">Checked between batches.</param>
    /// <param name="finite">Whether a vector that is not made of finite numbers is an error, and not given as it is.</param>
    public float[][] Embed(IReadOnlyList<RgbImage> images, Action<int>? report, CancellationToken cancellation, bool finite = true)
    {
        var vectors = new float[images.Count][];
        for (int start = 0; start < images.Count; start += _batchSize)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(_batchSize, images.Count - start);
            EmbedBatch(images, start, count, vectors, finite);
            report?.Invoke(start + count);
        }

        return vectors;
    }

    /// <summary>Pixels [views of all images, 3, size, size]. The caller disposes them.</summary>
    public Tensor Pixels(IReadOnlyList<RgbImage> images, int start, int count)
    {
        int length = Processor.OutputLength;
        var pixels = new float[checked(count * length)];
        Parallel.For(0, count, i => Processor.Process(images[start + i], pixels.AsSpan(i * length, length)));
        return tensor(pixels, [count * Processor.ViewCount, 3, Processor.Size, Processor.Size]);
    }

    private void EmbedBatch(IReadOnlyList<RgbImage> images, int start, int count, float[][] vectors, bool finite)
    {
        for (int i = start; i < start + count; i++)
        {
            if (images[i] is null)
            {
                throw new ArgumentException($"Image {i} is null.", nameof(images));
            }
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var embedded = _network.EmbedImage(Pixels(images, start, count));
        float[][] rows = finite ? TensorRows.ToFiniteArrays(embedded, "an image") : TensorRows.ToArrays(embedded);
        int views = Processor.ViewCount;
        for (int i = 0; i < count; i++)
        {
            vectors[start + i] = VectorPool.Average(rows[(i * views)..((i + 1) * views)], []);
        }
    }
}
