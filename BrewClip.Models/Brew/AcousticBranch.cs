using BrewClip.Models.Layers;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace BrewClip.Models.Brew;

/// <summary>The sizes of an <see cref="AcousticBranch"/>.</summary>
public sealed record AcousticBranchConfig
{
    /// <summary>Width of Whisper's frames.</summary>
    public required int AudioWidth { get; init; }

    /// <summary>Width at which the branch works: the text tower's with a shared prompt link, Whisper's with a linear one.</summary>
    public required int Width { get; init; }

    /// <summary>Whether frames go through <c>frame_projection</c> to <see cref="Width"/> first.</summary>
    public required bool ProjectFrames { get; init; }

    /// <summary>Width of the joint embedding space.</summary>
    public required int EmbeddingWidth { get; init; }

    /// <summary>Transformer layers. Default 1.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>Attention heads. Default 8.</summary>
    public int Heads { get; init; } = 8;

    /// <summary>Inner width of the feed-forward part. Default 4096.</summary>
    public int FeedForward { get; init; } = 4096;

    /// <summary>Dropout while training. Default 0.1.</summary>
    public double Dropout { get; init; } = 0.1;

    /// <summary>How many of Whisper's encoder states are mixed by learned weights; 0 reads the last alone. Default 0.</summary>
    public int MixedStates { get; init; }
}

/// <summary>
/// The acoustic end-to-end module (paper, section 3.3): [class embedding; prompts; Whisper's frames] through a transformer encoder
/// layer and a final norm; position 0, projected, is the embedding of how the utterance sounds.
/// </summary>
public sealed class AcousticBranch : nn.Module
{
    [ComponentName(Name = "class_embedding")]
    private readonly Parameter _classEmbedding;

    [ComponentName(Name = "layer_weights")]
    private readonly Parameter? _layerWeights;

    [ComponentName(Name = "frame_projection")]
    private readonly Linear? _frameProjection;

    [ComponentName(Name = "layers")]
    private readonly ModuleList<AcousticLayer> _layers;

    [ComponentName(Name = "norm")]
    private readonly LayerNorm _norm;

    [ComponentName(Name = "projection")]
    private readonly Linear _projection;

    /// <summary>Makes a branch with fresh weights: class embedding from normal(0, 1), linear layers as PyTorch initialises them.</summary>
    /// <exception cref="InvalidDataException">The heads do not divide the width.</exception>
    public AcousticBranch(AcousticBranchConfig config)
        : base(nameof(AcousticBranch))
    {
        var initial = empty(config.Width);
        nn.init.normal_(initial, 0, 1);
        _classEmbedding = new Parameter(initial);
        _layerWeights = config.MixedStates > 0 ? new Parameter(zeros(config.MixedStates)) : null;
        _frameProjection = config.ProjectFrames ? nn.Linear(config.AudioWidth, config.Width) : null;
        _layers = new ModuleList<AcousticLayer>(
            [.. Enumerable.Range(0, config.Layers)
                .Select(_ => new AcousticLayer(config.Width, config.Heads, config.FeedForward, config.Dropout))]);
        _norm = nn.LayerNorm(config.Width);
        _projection = nn.Linear(config.Width, config.EmbeddingWidth);
        RegisterComponents();
    }

    /// <summary>Whether <see cref="Mix"/> combines the states of several encoder layers.</summary>
    public bool MixesStates => _layerWeights is not null;

    /// <summary>The softmax-weighted sum of encoder states, each [N, T, d_audio]. The caller disposes the result.</summary>
    /// <exception cref="ArgumentException">There are not as many states as learned weights.</exception>
    public Tensor Mix(IReadOnlyList<Tensor> states)
    {
        if (_layerWeights is null || states.Count != _layerWeights.numel())
        {
            throw new ArgumentException(
                $"This branch mixes {_layerWeights?.numel() ?? 0} encoder states; it was given {states.Count}.", nameof(states));
        }

        using var scope = NewDisposeScope();
        var weights = _layerWeights.softmax(0).view(-1, 1, 1, 1);
        return (stack(states, 0) * weights).sum(dim: 0).MoveToOuterDisposeScope();
    }

    /// <summary>Embeds utterances.</summary>
    /// <param name="frames">Whisper's encoder frames [N, T, d_audio].</param>
    /// <param name="prompts">Prompt vectors [L, width], or null for none.</param>
    /// <param name="validFrames">How many frames of each utterance to attend, int64 [N]; null attends all.</param>
    /// <returns>Embeddings [N, d_embedding], not normalised. The caller disposes them.</returns>
    public Tensor Forward(Tensor frames, Tensor? prompts, Tensor? validFrames)
    {
        // A mask of its own goes with each utterance.
        return validFrames is not null
            ? Embed(frames, prompts, validFrames)
            : CacheSizedPasses.Run(frames, frames.shape[1], _norm.weight.shape[0], frames.device, some => Embed(some, prompts, null));
    }

    private Tensor Embed(Tensor frames, Tensor? prompts, Tensor? validFrames)
    {
        using var scope = NewDisposeScope();
        var mask = Mask(frames, prompts, validFrames);
        return EmbeddingFrom(Penultimate(frames, prompts, mask), mask).MoveToOuterDisposeScope();
    }

    /// <summary>What the last layer reads: [N, 1 + L + T, width].</summary>
    internal Tensor Penultimate(Tensor frames, Tensor? prompts, Tensor? mask)
    {
        using var scope = NewDisposeScope();
        var states = Sequence(frames, prompts);
        foreach (var layer in _layers.Take(_layers.Count - 1))
        {
            states = layer.Forward(states, mask);
        }

        return states.MoveToOuterDisposeScope();
    }

    /// <summary>From what the last layer reads to embeddings.</summary>
    internal Tensor EmbeddingFrom(Tensor penultimate, Tensor? mask)
    {
        using var scope = NewDisposeScope();
        var states = _layers[_layers.Count - 1].Forward(penultimate, mask, firstAlone: true);
        return _projection.call(_norm.call(states.select(1, 0))).MoveToOuterDisposeScope();
    }

    /// <summary>Which positions may be attended, boolean [N, 1, 1, 1 + L + T]; null for all.</summary>
    internal static Tensor? Mask(Tensor frames, Tensor? prompts, Tensor? validFrames) =>
        validFrames is null ? null : AttendedPositions(validFrames, prompts?.shape[0] ?? 0, frames.shape[1]);

    private Tensor Sequence(Tensor frames, Tensor? prompts)
    {
        using var scope = NewDisposeScope();
        long batch = frames.shape[0];
        var projected = _frameProjection is null ? frames : _frameProjection.call(frames);
        long width = projected.shape[2];
        var parts = new List<Tensor> { _classEmbedding.view(1, 1, width).expand(batch, 1, width) };
        if (prompts is not null)
        {
            parts.Add(prompts.unsqueeze(0).expand(batch, prompts.shape[0], width));
        }

        parts.Add(projected);
        return cat(parts, 1).MoveToOuterDisposeScope();
    }

    // [N, 1, 1, 1 + L + T]: the class embedding and the prompts are always attended.
    private static Tensor AttendedPositions(Tensor validFrames, long prompts, long frames)
    {
        using var scope = NewDisposeScope();
        var positions = arange(0, 1 + prompts + frames, dtype: ScalarType.Int64, device: validFrames.device).unsqueeze(0);
        var mask = positions < (validFrames + (1 + prompts)).unsqueeze(1);
        return mask.unsqueeze(1).unsqueeze(1).MoveToOuterDisposeScope();
    }
}
