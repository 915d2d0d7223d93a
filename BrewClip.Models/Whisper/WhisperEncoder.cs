using BrewClip.Models.Layers;
using BrewClip.Models.Loading;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace BrewClip.Models.Whisper;

/// <summary>Whisper's encoder: thirty seconds of log-mel frames to 1500 vectors, one for each 20 ms.</summary>
/// <remarks>
/// Safe for concurrent use once loaded. Results belong to the caller (and to its dispose scope, where it has one) and have the element type
/// of the weights. <c>forward</c> takes part in autograd; <see cref="Encode"/> and <see cref="EncodeLayers"/> do not.
/// </remarks>
public sealed class WhisperEncoder : nn.Module<Tensor, Tensor>
{
    private readonly ConvolutionLayer conv1;
    private readonly ConvolutionLayer conv2;
    private readonly EmbeddingTable embed_positions;
    private readonly ModuleList<WhisperEncoderLayer> layers;
    private readonly NormLayer layer_norm;

    internal WhisperEncoder(WhisperConfig config, ParameterOptions options)
        : base(nameof(WhisperEncoder))
    {
        Config = config;
        conv1 = new ConvolutionLayer(config.MelBins, config.Width, stride: 1, options);
        conv2 = new ConvolutionLayer(config.Width, config.Width, stride: 2, options);
        embed_positions = new EmbeddingTable(config.AudioPositions, config.Width, options);
        layers = nn.ModuleList(Enumerable.Range(0, config.EncoderLayers).Select(_ => new WhisperEncoderLayer(config, options)).ToArray());
        layer_norm = new NormLayer(config.Width, options);
        RegisterComponents();
    }

    /// <summary>The shape of the model.</summary>
    public WhisperConfig Config { get; }

    /// <summary>Element type of the weights and of the results.</summary>
    public ScalarType Type => conv1.Type;

    /// <summary>Where the weights are; inputs are moved there.</summary>
    public Device Device => conv1.Device;

    /// <summary>Loads the encoder alone from a folder that holds a Whisper model, or only this half of one.</summary>
    /// <inheritdoc cref="WhisperModel.Load" path="/param|/exception"/>
    public static WhisperEncoder Load(string folder, ModelLoadingOptions? options = null, CancellationToken cancellation = default) =>
        WhisperLoader.LoadEncoder(folder, options ?? new ModelLoadingOptions(), cancellation);

    /// <summary>The encoder's output without a gradient.</summary>
    /// <inheritdoc cref="forward" path="/param|/returns|/exception"/>
    public Tensor Encode(Tensor mel)
    {
        using var noGrad = no_grad();
        return forward(mel);
    }

    /// <summary>The states of every depth, without a gradient, as a learned sum over layers reads them.</summary>
    /// <param name="mel">As in <see cref="forward"/>.</param>
    /// <returns>
    /// Encoder layers + 1 tensors [N, 1500, width]: the layers' common input first, then each layer's output, the last of them after the
    /// final norm and so equal to <see cref="Encode"/>. The caller disposes them.
    /// </returns>
    public IReadOnlyList<Tensor> EncodeLayers(Tensor mel)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        CheckWindow(mel, Config.MelFrames);
        var states = new List<Tensor>(layers.Count + 1) { Embed(mel) };
        foreach (var layer in layers)
        {
            states.Add(layer.forward(states[^1]));
        }

        states[^1] = layer_norm.forward(states[^1]);
        foreach (var state in states)
        {
            state.MoveToOuterDisposeScope();
        }

        return states;
    }

    /// <param name="mel">Log-mel spectrograms [N, mel bins, 3000] of any element type and device.</param>
    /// <returns>[N, 1500, width].</returns>
    /// <exception cref="ArgumentException">The shape is another.</exception>
    public override Tensor forward(Tensor mel)
    {
        CheckWindow(mel, Config.MelFrames);
        return CacheSizedPasses.Run(mel, Config.AudioPositions, Config.EncoderFeedForward, Device, Run);
    }

    /// <summary>
    /// As <see cref="forward"/>, of windows shorter than the model's, which take the first positions: training alone asks for it, to save
    /// time.
    /// </summary>
    /// <param name="mel">Log-mel spectrograms [N, mel bins, frames], the frames even and at most the model's.</param>
    /// <returns>[N, frames / 2, width], in the graph.</returns>
    /// <exception cref="ArgumentException">The shape is another.</exception>
    public Tensor ForwardShort(Tensor mel)
    {
        long frames = mel.shape[^1];
        if (frames < 2 || frames % 2 != 0 || frames > Config.MelFrames)
        {
            throw new ArgumentException(
                $"The window has {frames} frames: an even number up to {Config.MelFrames} is expected.", nameof(mel));
        }

        CheckWindow(mel, frames);
        return Run(mel);
    }

    private Tensor Run(Tensor mel)
    {
        using var scope = NewDisposeScope();
        var states = Embed(mel);
        foreach (var layer in layers)
        {
            var next = layer.forward(states);
            states.Dispose();
            states = next;
        }

        return layer_norm.forward(states).MoveToOuterDisposeScope();
    }

    /// <summary>Parameters under the names of the hub's checkpoints.</summary>
    public override Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null) =>
        FusedProjection.SplitNames(base.state_dict(destination, prefix), prefix, keyHasBias: false);

    private void CheckWindow(Tensor mel, long frames)
    {
        var shape = mel.shape;
        if (shape.Length != 3 || shape[0] == 0 || shape[1] != Config.MelBins || shape[2] != frames)
        {
            throw new ArgumentException(
                $"The spectrograms are [{string.Join(", ", shape)}]: [utterances, {Config.MelBins}, {frames}] is expected.", nameof(mel));
        }
    }

    // Log-mel frames to the layers' input: two convolutions, the second halving time, and the positions.
    private Tensor Embed(Tensor mel)
    {
        using var scope = NewDisposeScope();
        var frames = F.gelu(conv1.forward(mel.to(Type, Device)));

        frames = F.gelu(conv2.forward(frames)).transpose(1, 2);
        return (frames + embed_positions.Rows(0, frames.shape[1])).contiguous().MoveToOuterDisposeScope();
    }
}
