using BrewClip.Core.Images;

namespace BrewClip.Benchmarks.Images;

/// <summary>A JPEG in memory to the normalised 3×224×224 buffer of CLIP.</summary>
internal sealed class ImageWorkload : Workload
{
    private readonly string _path = SampleImage.Find();
    private readonly ClipImageProcessor _processor = new(new ClipImageProcessorConfig());
    private readonly float[] _pixels = new float[3 * 224 * 224];
    private readonly byte[] _encoded;

    public ImageWorkload() => _encoded = File.ReadAllBytes(_path);

    public override void Run() => _processor.Process(RgbImage.Decode(_encoded), _pixels);

    public override IReadOnlyList<string> PeerArguments(string folder)
    {
        string copy = Path.Combine(folder, "image.jpg");
        File.Copy(_path, copy, overwrite: true);
        return [copy];
    }
}
