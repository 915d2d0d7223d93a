using BrewClip.Core.Images;
using BrewClip.Data;
using BrewClip.Data.Caches;
using BrewClip.Models.Clip;
using static TorchSharp.torch;

namespace BrewClip.Training.Tasks;

/// <summary>CLIP's embeddings of images into a cache, each image once: for models without vision prompts.</summary>
public static class ImageCaching
{
    /// <summary>Adds the embedding of every image that the cache lacks.</summary>
    /// <param name="captions">The records.</param>
    /// <param name="cache">Opened with float32 and the model's identity.</param>
    /// <param name="encoder">The frozen image tower.</param>
    /// <param name="processor">The tower's preprocessor.</param>
    /// <param name="batch">Images embedded at a time.</param>
    /// <param name="problem">Told of images that cannot be read, by path and reason; they are passed over.</param>
    /// <param name="progress">Told how many images are done.</param>
    /// <param name="cancellation">Heeded between batches; what was added stays.</param>
    public static void Run(
        IEnumerable<SpokenImageCaption> captions, FeatureCache cache, ClipVisionEncoder encoder, ClipImageProcessor processor,
        int batch = 32,
        Action<string, string>? problem = null, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        int done = 0;
        foreach (var chunk in captions.Select(caption => caption.ImagePath).Distinct().Chunk(batch))
        {
            cancellation.ThrowIfCancellationRequested();
            var missing = new Dictionary<string, byte[]>(StringComparer.Ordinal);
            foreach (string path in chunk)
            {
                try
                {
                    string key = ContentHash.OfFile(path);
                    if (!cache.Contains(key) && !missing.ContainsKey(key))
                    {
                        missing[key] = processor.ResizeAndCrop(RgbImage.Load(path));
                    }
                }
                catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
                {
                    problem?.Invoke(path, exception.Message);
                }
            }

            Embed(missing, cache, encoder, processor.Config);
            progress?.Report(done += chunk.Length);
        }

        cache.Flush();
    }

    private static void Embed(
        Dictionary<string, byte[]> missing, FeatureCache cache, ClipVisionEncoder encoder, ClipImageProcessorConfig config)
    {
        if (missing.Count == 0)
        {
            return;
        }

        using var scope = NewDisposeScope();
        var embeddings = encoder.Encode(ExampleTensors.Pixels([.. missing.Values], config, CPU)).cpu();
        int row = 0, width = (int)embeddings.shape[1];
        foreach (string key in missing.Keys)
        {
            using var own = embeddings.select(0, row++);
            cache.Add(key, new CachedFeatures(1, width, own.data<float>().ToArray()));
        }
    }
}
