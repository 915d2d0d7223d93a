using BrewClip.Benchmarks.Images;
using BrewClip.Core.Images;
using BrewClip.Data;
using BrewClip.Data.Loading;

namespace BrewClip.Benchmarks.Loading;

/// <summary>An epoch of pictures through the loader: shuffled, decoded, resized and cropped by two workers into a bounded queue.</summary>
internal sealed class EpochWorkload : Workload
{
    private const int BatchSize = 16;

    private readonly BatchLoader<byte[]> _loader;

    /// <param name="examples">Pictures of an epoch; batches of 16 are made of them.</param>
    public EpochWorkload(int examples = 256) =>
        _loader = new BatchLoader<byte[]>(
            new Pictures(examples), new BatchLoaderOptions { BatchSize = BatchSize, Workers = Environment.ProcessorCount });

    public override int Items => _loader.BatchesPerEpoch * BatchSize;

    public override void Run()
    {
        for (int i = 0; i < _loader.BatchesPerEpoch; i++)
        {
            _loader.Next();
        }
    }

    public override void Dispose() => _loader.Dispose();

    private sealed class Pictures(int count) : IExampleSource<byte[]>
    {
        private readonly byte[] _encoded = File.ReadAllBytes(SampleImage.Find());
        private readonly ClipImageProcessor _processor = new(new ClipImageProcessorConfig());

        public int Count => count;

        public string NameOf(int index) => $"picture {index}";

        public string GroupOf(int index) => $"{index}";

        public long LengthOf(int index) => 0;

        public byte[] Load(int index, DeterministicRandom random) => _processor.ResizeAndCrop(RgbImage.Decode(_encoded));
    }
}
