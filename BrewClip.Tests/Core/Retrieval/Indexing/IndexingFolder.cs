using BrewClip.Core.Images;
using BrewClip.Core.Retrieval.Indexing;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Core.Retrieval.Indexing;

/// <summary>A folder of small pictures, an encoder that needs no model, and places for indexes.</summary>
internal sealed class IndexingFolder : IDisposable
{
    public const int Dimensions = 8;
    private readonly TemporaryFolder _folder = new();
    private int _encoded;

    public string Images => _folder["images"];

    /// <summary>Images that the encoder has seen.</summary>
    public int Encoded => _encoded;

    /// <summary>Called before every batch.</summary>
    public Action? BeforeBatch { get; set; }

    public string Index(string name = "index") => _folder[name];

    public string File(string index, string name) => Path.Combine(Index(index), name);

    public string Image(string name) => Path.Combine(Images, name);

    public void Dispose() => _folder.Dispose();

    public string Paint(string name, int seed)
    {
        byte[] pixels = new byte[12 * 9 * 3];
        new Random(seed).NextBytes(pixels);
        string path = Image(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        PngWriter.Write(path, new RgbImage(12, 9, pixels));
        return path;
    }

    public void PaintMany(int count)
    {
        for (int i = 0; i < count; i++)
        {
            Paint($"{i % 3}/{i:000}.png", i);
        }
    }

    public ImageEncoder Encoder(string model = "toy", string? fingerprint = null, int batchSize = 4) => new()
    {
        Model = new ModelIdentity(model, fingerprint),
        Dimensions = Dimensions,
        BatchSize = batchSize,
        Prepare = image => new RgbImage(image.Width, 1, image.Pixels[..(image.Width * 3)].ToArray()),
        Encode = (images, cancellation) =>
        {
            cancellation.ThrowIfCancellationRequested();
            BeforeBatch?.Invoke();
            Interlocked.Add(ref _encoded, images.Count);
            return [.. images.Select(image => (ReadOnlyMemory<float>)Vector(image))];
        },
    };

    public Task<ImageIndexReport> RunAsync(
        string index = "index", ImageIndexerOptions? options = null, IProgress<ImageIndexProgress>? progress = null,
        CancellationToken cancellation = default) =>
        new ImageIndexer(Encoder(), options).IndexAsync([Images], Index(index), progress, cancellation);

    public static float[] Vector(RgbImage image) => [.. Enumerable.Range(0, Dimensions).Select(i => image.Pixels[i] / 255f - 0.3f)];
}
