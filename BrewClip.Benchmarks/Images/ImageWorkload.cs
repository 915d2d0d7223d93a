using BrewClip.Core.Images;

namespace BrewClip.Benchmarks.Images;

/// <summary>A JPEG in memory to the normalised 3×224×224 buffer of CLIP.</summary>
internal sealed class ImageWorkload : Workload
{
    private readonly ClipImageProcessor _processor = new(new ClipImageProcessorConfig());
    private readonly float[] _pixels = new float[3 * 224 * 224];
    private readonly byte[] _encoded = File.ReadAllBytes(SampleImage.Find());

    public override void Run() => _processor.Process(RgbImage.Decode(_encoded), _pixels);

    public override IReadOnlyList<string> PeerArguments(string folder) => [SampleImage.CopyInto(folder)];
}
