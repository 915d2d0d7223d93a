using BenchmarkDotNet.Attributes;
using BrewClip.Core.Images;

namespace BrewClip.Benchmarks.Images;

/// <summary>A JPEG in memory to the normalised 3×224×224 buffer of CLIP; the peer is Peers/image_preprocess.py.</summary>
[MemoryDiagnoser]
public class ImagePreprocessingBenchmark
{
    private readonly ClipImageProcessor _processor = new(new ClipImageProcessorConfig());
    private readonly float[] _tensor = new float[3 * 224 * 224];
    private byte[] _encoded = [];
    private RgbImage _image = null!;

    /// <summary>The JPEG to prepare; set BREWCLIP_IMAGE to use another than the 641×427 golden.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _encoded = File.ReadAllBytes(SampleImage.Find());
        _image = RgbImage.Decode(_encoded);
    }

    [Benchmark(Baseline = true)]
    public void DecodeAndProcess() => _processor.Process(RgbImage.Decode(_encoded), _tensor);

    [Benchmark]
    public RgbImage Decode() => RgbImage.Decode(_encoded);

    [Benchmark]
    public void Process() => _processor.Process(_image, _tensor);
}
