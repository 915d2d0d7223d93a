using BrewClip.Models.Clip;
using BrewClip.Models.Layers;
using BrewClip.Models.Whisper;
using static TorchSharp.torch;

namespace BrewClip.Benchmarks.Gpu;

/// <summary>Whisper's encoder over a batch of windows.</summary>
internal sealed record WhisperEncoderKernel(WhisperConfig Config, int Batch) : GpuKernel
{
    public override double Operations => Batch * Benchmarks.Work.Encoder(Config);

    public override IReadOnlyList<string> Peer =>
    [
        "whisper_encoder", $"{Config.MelBins}", $"{Config.EncoderLayers}", $"{Config.Width}", $"{Config.EncoderAttentionHeads}",
        $"{Config.AudioPositions}", $"{Batch}",
    ];

    public override double Bytes(int elementSize) => elementSize * (
        Config.EncoderLayers * (double)Config.Width * (4 * Config.Width + 2 * Config.EncoderFeedForward)
        + Batch * ((double)Config.MelBins * Config.MelFrames + (double)Config.AudioPositions * Config.Width));

    protected override KernelRun Create(Device device, ScalarType type)
    {
        var encoder = PublishedSize.Filled(new WhisperEncoder(Config, new ParameterOptions(type, device, RequiresGradient: false)));
        var mel = randn([Batch, Config.MelBins, Config.MelFrames], device: device).to(type).DetachFromDisposeScope();
        return new KernelRun(() => encoder.Encode(mel).Dispose(), mel, encoder);
    }
}

/// <summary>CLIP's image tower over a batch of prepared images.</summary>
internal sealed record ClipImageKernel(ClipConfig Config, int Batch) : GpuKernel
{
    public override double Operations => Batch * Benchmarks.Work.Image(Config);

    public override IReadOnlyList<string> Peer =>
    [
        "clip_image", $"{Config.Vision.Layers}", $"{Config.Vision.HiddenSize}", $"{Config.Vision.AttentionHeads}",
        $"{Config.EmbeddingSize}", $"{Config.Vision.PatchSize}", $"{Config.Vision.ImageSize}", $"{Batch}",
    ];

    public override double Bytes(int elementSize) => elementSize * (
        Config.Vision.Layers * (double)Config.Vision.HiddenSize * (4 * Config.Vision.HiddenSize + 2 * Config.Vision.IntermediateSize)
        + Batch * 3.0 * Config.Vision.ImageSize * Config.Vision.ImageSize);

    protected override KernelRun Create(Device device, ScalarType type)
    {
        var encoder = PublishedSize.Filled(new ClipVisionEncoder(Config, new ParameterOptions(type, device, RequiresGradient: false)));
        var pixels = randn([Batch, 3, Config.Vision.ImageSize, Config.Vision.ImageSize], device: device).to(type).DetachFromDisposeScope();
        return new KernelRun(() => encoder.Encode(pixels).Dispose(), pixels, encoder);
    }
}

/// <summary>CLIP's text tower over a batch of texts that fill its context.</summary>
internal sealed record ClipTextKernel(ClipConfig Config, int Batch) : GpuKernel
{
    public override double Operations => Batch * Benchmarks.Work.Text(Config, Config.Text.ContextLength);

    public override IReadOnlyList<string> Peer =>
    [
        "clip_text", $"{Config.Text.Layers}", $"{Config.Text.HiddenSize}", $"{Config.Text.AttentionHeads}", $"{Config.EmbeddingSize}",
        $"{Config.Text.VocabularySize}", $"{Config.Text.ContextLength}", $"{Batch}",
    ];

    public override double Bytes(int elementSize) => elementSize * (
        Config.Text.Layers * (double)Config.Text.HiddenSize * (4 * Config.Text.HiddenSize + 2 * Config.Text.IntermediateSize)
        + Batch * (double)Config.Text.ContextLength * Config.Text.HiddenSize);

    protected override KernelRun Create(Device device, ScalarType type)
    {
        var encoder = PublishedSize.Filled(new ClipTextEncoder(Config, new ParameterOptions(type, device, RequiresGradient: false)));
        var tokens = KernelInputs.FullTexts(Config.Text, Batch);
        return new KernelRun(() => encoder.Encode(tokens).Dispose(), tokens, encoder);
    }
}
