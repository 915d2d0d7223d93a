using BrewClip.Benchmarks.Images;
using BrewClip.Core.Images;
using BrewClip.Data;
using BrewClip.Data.Loading;

namespace BrewClip.Benchmarks.Loading;

/// <summary>
/// An epoch of pictures through the loader: shuffled, decoded, resized and cropped by as many workers as there are processors, and put
/// together to batches of [16, 224, 224, 3] bytes; the peer is Peers/epoch.py.
/// </summary>
internal sealed class EpochWorkload : Workload
{
    public const int BatchSize = 16;

    private readonly BatchLoader<byte[]> _loader;
    private readonly int _examples;

    /// <param name="examples">Pictures of an epoch, at least 16; what makes no whole batch is left out.</param>
    public EpochWorkload(int examples = 256)
    {
        _examples = examples;
        _loader = new BatchLoader<byte[]>(
            new Pictures(examples), new BatchLoaderOptions { BatchSize = BatchSize, Workers = Environment.ProcessorCount });
    }

    /// <summary>The batch that was put together last.</summary>
    public byte[] Batch { get; private set; } = [];

    public override int Items => _loader.BatchesPerEpoch * BatchSize;

    // From a standing start, as PyTorch's loader begins an epoch: what was read ahead while others were timed would come for nothing.
    // What is read ahead beyond the end is thrown away, and is part of the time.
    public override void Run()
    {
        for (int i = 0; i < _loader.BatchesPerEpoch; i++)
        {
            var examples = _loader.Next().Examples;
            Batch = new byte[examples.Sum(example => example.Length)];
            int end = 0;
            foreach (byte[] example in examples)
            {
                example.CopyTo(Batch, end);
                end += example.Length;
            }
        }

        _loader.Seek(_loader.Position);
    }

    public override IReadOnlyList<string> PeerArguments(string folder) =>
        [SampleImage.CopyInto(folder), $"{_examples}", $"{BatchSize}", $"{Environment.ProcessorCount}"];

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
