using BrewClip.Models.Layers;
using static TorchSharp.torch;

namespace BrewClip.Models.Clip;

/// <summary>CLIP's image tower up to its last norm; the names of its parts are the checkpoints', their spelling included.</summary>
internal sealed class ClipVisionTower : nn.Module<Tensor, Tensor>
{
    private readonly ClipVisionEmbeddings embeddings;
    private readonly NormLayer pre_layrnorm;
    private readonly ClipTransformer encoder;
    private readonly NormLayer post_layernorm;

    public ClipVisionTower(ClipVisionConfig config, ParameterOptions options)
        : base(nameof(ClipVisionTower))
    {
        embeddings = new ClipVisionEmbeddings(config, options);
        pre_layrnorm = new NormLayer(config.HiddenSize, options, config.LayerNormEpsilon);
        encoder = new ClipTransformer(
            config.Layers, config.HiddenSize, config.IntermediateSize, config.AttentionHeads, config.Activation, config.LayerNormEpsilon,
            options);
        post_layernorm = new NormLayer(config.HiddenSize, options, config.LayerNormEpsilon);
        RegisterComponents();
    }

    public ScalarType Type => embeddings.Type;

    public Device Device => embeddings.Device;

    public override Tensor forward(Tensor pixels) => Pooled(pixels, null, interpolatePositions: false);

    /// <summary>The class position after the last norm, [N, width].</summary>
    public Tensor Pooled(Tensor pixels, Tensor? prompts, bool interpolatePositions)
    {
        using var scope = NewDisposeScope();
        return Pool(encoder.ApplyToFirst(Sequence(pixels, prompts, interpolatePositions))).MoveToOuterDisposeScope();
    }

    /// <summary>What the last layer reads, [N, 1 + patches + prompts, width].</summary>
    public Tensor Penultimate(Tensor pixels, Tensor? prompts)
    {
        using var scope = NewDisposeScope();
        return encoder.Penultimate(Sequence(pixels, prompts, interpolatePositions: false)).MoveToOuterDisposeScope();
    }

    /// <summary>From what the last layer reads to the class position after the last norm, [N, width].</summary>
    public Tensor PooledFrom(Tensor penultimate)
    {
        using var scope = NewDisposeScope();
        return Pool(encoder.LastToFirst(penultimate)).MoveToOuterDisposeScope();
    }

    /// <summary>The last layer's output at every position, before any norm: [N, 1 + patches + prompts, width].</summary>
    public Tensor States(Tensor pixels, Tensor? prompts, bool interpolatePositions)
    {
        using var scope = NewDisposeScope();
        return encoder.forward(Sequence(pixels, prompts, interpolatePositions)).MoveToOuterDisposeScope();
    }

    /// <summary>States [N, T, width] to the class position after the last norm, [N, width].</summary>
    public Tensor Pool(Tensor states)
    {
        using var scope = NewDisposeScope();
        return post_layernorm.forward(states.select(1, 0)).MoveToOuterDisposeScope();
    }

    private Tensor Sequence(Tensor pixels, Tensor? prompts, bool interpolatePositions)
    {
        var sequence = embeddings.Embed(pixels, interpolatePositions);
        if (prompts is not null)
        {
            var rows = PromptVectors.Expand(prompts, pixels.shape[0], sequence.shape[2]).to(Type, Device);
            sequence = cat([sequence, rows], 1);
        }

        return pre_layrnorm.forward(sequence);
    }
}
