using BrewClip.Models.Brew;
using BrewClip.Models.Clip;
using BrewClip.Models.Layers;
using BrewClip.Models.Whisper;
using BrewClip.Training;
using BrewClip.Training.Losses;
using BrewClip.Training.Tasks;
using TorchSharp;
using static TorchSharp.torch;

namespace BrewClip.Benchmarks.Gpu;

/// <summary>
/// A full step of BrewCLIP's training over cached frames: text and image towers with prompts, acoustic branch, inner and outer loss,
/// backward, clipped gradients, Adam. The towers are frozen and of the kernel's type, what learns is float32.
/// </summary>
internal sealed record TrainingStepKernel(WhisperConfig Whisper, ClipConfig Clip, int Batch, int Frames) : GpuKernel
{
    private const int Prompts = 4;

    private static readonly BrewClipConfig _config =
        new() { ModelType = BrewClipConfig.ModelTypeName, Whisper = "-", Clip = "-", AcousticDropout = 0, PromptLength = Prompts };

    public override IReadOnlyList<ScalarType> Types { get; } = [ScalarType.Float32, ScalarType.BFloat16];

    // Frozen towers give the gradient of their inputs alone: twice the forward. What learns takes three times.
    public override double Operations => Batch * (
        2 * (Benchmarks.Work.Image(Clip, Prompts) + Benchmarks.Work.Text(Clip, Clip.Text.ContextLength))
        + 3 * Benchmarks.Work.Acoustic(Frames, Whisper.Width, Clip.Text.HiddenSize, _config.AcousticFeedForward, Prompts));

    public override IReadOnlyList<string> Peer =>
    [
        "training_step", $"{Clip.Vision.Layers}", $"{Clip.Vision.HiddenSize}", $"{Clip.Vision.AttentionHeads}",
        $"{Clip.Vision.PatchSize}", $"{Clip.Vision.ImageSize}",
        $"{Clip.Text.Layers}", $"{Clip.Text.HiddenSize}", $"{Clip.Text.AttentionHeads}", $"{Clip.Text.VocabularySize}",
        $"{Clip.Text.ContextLength}", $"{Clip.EmbeddingSize}", $"{Whisper.Width}", $"{Frames}", $"{Prompts}", $"{Batch}",
    ];

    public override double Bytes(int elementSize)
    {
        double vision =
            Clip.Vision.Layers * (double)Clip.Vision.HiddenSize * (4 * Clip.Vision.HiddenSize + 2 * Clip.Vision.IntermediateSize);
        double text = Clip.Text.Layers * (double)Clip.Text.HiddenSize * (4 * Clip.Text.HiddenSize + 2 * Clip.Text.IntermediateSize);
        return 2 * elementSize * (vision + text)
            + 4.0 * Batch * (3.0 * Clip.Vision.ImageSize * Clip.Vision.ImageSize + (double)Frames * Whisper.Width);
    }

    protected override KernelRun Create(Device device, ScalarType type)
    {
        var towers = PublishedSize.Filled(new ClipModel(Clip, new ParameterOptions(type, device, RequiresGradient: false)));
        var network = new BrewClipNetwork(_config, towers, Whisper);
        network.to(device);
        network.train();
        foreach (var parameter in network.parameters())
        {
            parameter.DetachFromDisposeScope();
        }

        var optimization = new AdamOptimization(new AdamOptions(), TrainableParameters.Of(network), 1e-4);
        var frames = randn([Batch, Frames, Whisper.Width], device: device).DetachFromDisposeScope();
        var pixels = randn([Batch, 3, Clip.Vision.ImageSize, Clip.Vision.ImageSize], device: device).DetachFromDisposeScope();
        var ids = arange(0, Batch, dtype: ScalarType.Int64, device: device).DetachFromDisposeScope();
        var tokens = KernelInputs.FullTexts(Clip.Text, Batch);
        return new KernelRun(
            () => Run(network, optimization, tokens, pixels, frames, ids), tokens, frames, pixels, ids, optimization, network, towers);
    }

    private static void Run(BrewClipNetwork network, AdamOptimization optimization, Tensor tokens, Tensor pixels, Tensor frames, Tensor ids)
    {
        using var scope = NewDisposeScope();
        optimization.ZeroGradients();
        var (text, acoustic, image) = (network.EmbedText(tokens), network.EmbedAcoustic(frames, null), network.EmbedImage(pixels));
        var terms = new InnerOuterLoss().Compute(
            BrewClipNetwork.Fuse(text, acoustic), image, acoustic, text, ids, network.OuterLogitScale, network.InnerLogitScale);
        terms.Total.backward();
        optimization.ClipGradients(4);
        optimization.Step(1e-4);
    }
}
