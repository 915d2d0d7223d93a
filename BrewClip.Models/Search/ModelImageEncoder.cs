using System.Globalization;
using BrewClip.Core.Checkpoints;
using BrewClip.Core.Images;
using BrewClip.Core.Retrieval.Indexing;
using BrewClip.Models.Brew;
using BrewClip.Models.Clip;

namespace BrewClip.Models.Search;

/// <summary>
/// What an <see cref="ImageIndexer"/> needs, from the models that embed images. The fingerprint covers what decides the vectors of images
/// alone: the image tower, the prompts in it if there are any, and the preprocessing. So an index made with CLIP serves a zero-shot
/// pipeline over the same CLIP.
/// </summary>
public static class ModelImageEncoder
{
    /// <summary>The image side of a BrewCLIP model.</summary>
    /// <param name="model">The model; must live as long as the result is used.</param>
    /// <param name="name">What the index calls it.</param>
    public static ImageEncoder Create(BrewClipModel model, string name)
    {
        ArgumentNullException.ThrowIfNull(model);
        var config = model.Backbone.ImageProcessor.Config;
        config = config with { CropPolicy = model.Options.CropPolicy ?? config.CropPolicy };
        return new ImageEncoder
        {
            Model = Identify(name, model.Backbone.ClipFolder, config, Prompts(model.Network)),
            Dimensions = model.Dimensions,
            BatchSize = model.Options.ImageBatchSize,
            Prepare = Preparation(new ClipImageProcessor(config)),
            Encode = (images, cancellation) =>
                [.. model.EncodeImagesUnchecked(images, cancellation).Select(vector => (ReadOnlyMemory<float>)vector)],
        };
    }

    /// <summary>The image side of CLIP alone.</summary>
    /// <param name="clip">The model; must live as long as the result is used.</param>
    /// <param name="name">What the index calls it.</param>
    public static ImageEncoder Create(ClipEmbedder clip, string name)
    {
        ArgumentNullException.ThrowIfNull(clip);
        return new ImageEncoder
        {
            Model = Identify(name, clip.Folder, clip.ImageProcessor.Config, []),
            Dimensions = clip.Dimensions,
            BatchSize = clip.BatchSize,
            Prepare = Preparation(clip.ImageProcessor),
            Encode = (images, cancellation) =>
                [.. clip.EmbedImages(images, finite: false, cancellation).Select(vector => (ReadOnlyMemory<float>)vector)],
        };
    }

    private static ModelIdentity Identify(string name, string? clipFolder, ClipImageProcessorConfig config, IEnumerable<string> prompts)
    {
        if (clipFolder is null)
        {
            return new ModelIdentity(name);
        }

        string levels = string.Join(
            ' ', config.Mean.Concat(config.StandardDeviation).Select(value => value.ToString("R", CultureInfo.InvariantCulture)));
        string preparation = string.Create(
            CultureInfo.InvariantCulture, $"{config.Size} {config.ShortSide ?? config.Size} {config.CropPolicy} {levels}");
        // The hub's names and OpenAI's own: vision_model, visual_projection, visual.
        static bool IsOfImages(string tensor) =>
            tensor.Contains("vision", StringComparison.Ordinal) || tensor.Contains("visual", StringComparison.Ordinal);

        return new ModelIdentity(name, ModelFingerprint.Compute(clipFolder, IsOfImages, [preparation, .. prompts]));
    }

    private static List<string> Prompts(BrewClipNetwork network)
    {
        var values = new List<string>();
        if (network.TrainsImages)
        {
            foreach (var (name, parameter) in network.named_parameters()
                .Where(item => item.name.StartsWith("prompts.", StringComparison.Ordinal)))
            {
                using var host = parameter.detach().cpu().contiguous();
                values.Add($"{name} {Convert.ToHexStringLower(host.bytes)}");
            }
        }

        return values;
    }

    // An image of the model's own size passes through the preprocessing unchanged, so that it can be brought to that size beforehand.
    private static Func<RgbImage, RgbImage>? Preparation(ClipImageProcessor processor)
    {
        int size = processor.Size;
        bool isStable = processor.Config.CropPolicy switch
        {
            ImageCropPolicy.Letterbox => true,
            ImageCropPolicy.CenterCrop => (processor.Config.ShortSide ?? size) == size,
            _ => false,
        };
        return isStable ? image => new RgbImage(size, size, processor.ResizeAndCrop(image)) : null;
    }
}
