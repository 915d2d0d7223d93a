using BrewClip.Models.Layers;
using BrewClip.Models.Whisper;
using static TorchSharp.torch;

namespace BrewClip.Benchmarks.Gpu;

/// <summary>
/// One greedy step of Whisper's decoder with cached keys and values: bound by its weights, and by the audio's keys and values.
/// </summary>
internal sealed record DecoderStepKernel(WhisperConfig Config, int Batch) : GpuKernel
{
    private const int Capacity = 32;

    public override double Operations => Batch * Benchmarks.Work.DecoderStep(Config, Capacity / 2.0);

    public override IReadOnlyList<string> Peer =>
    [
        "decoder_step", $"{Config.VocabularySize}", $"{Config.DecoderLayers}", $"{Config.Width}", $"{Config.DecoderAttentionHeads}",
        $"{Config.AudioPositions}", $"{Batch}",
    ];

    public override double Bytes(int elementSize)
    {
        double width = Config.Width, layer = width * (6 * width + 2.0 * Config.DecoderFeedForward);
        double weights = Config.DecoderLayers * layer + width * Config.VocabularySize;
        return elementSize * (weights + Batch * Config.DecoderLayers * 2 * width * (Config.AudioPositions + Capacity / 2.0));
    }

    protected override KernelRun Create(Device device, ScalarType type)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var model = PublishedSize.Filled(
            new WhisperModel(Config, new WhisperGenerationConfig(), new ParameterOptions(type, device, RequiresGradient: false)));
        var cache = model.Decoder.CreateCache(randn([Batch, Config.AudioPositions, Config.Width], device: device), Capacity);
        var tokens = full([Batch, 1], Config.VocabularySize - 1, dtype: ScalarType.Int64, device: device).DetachFromDisposeScope();
        return new KernelRun(() => Run(model, cache, tokens), cache, tokens, model);
    }

    private static void Run(WhisperModel model, KeyValueCache cache, Tensor tokens)
    {
        if (cache.Length == Capacity)
        {
            cache.Truncate(Capacity / 2);
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        _ = model.Decoder.Decode(tokens, cache).argmax(-1);
    }
}
