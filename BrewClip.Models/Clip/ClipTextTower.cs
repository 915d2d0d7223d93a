using BrewClip.Models.Layers;
using static TorchSharp.torch;

namespace BrewClip.Models.Clip;

/// <summary>CLIP's text tower: a causal transformer, read at the end-of-text position.</summary>
internal sealed class ClipTextTower : nn.Module<Tensor, Tensor>
{
    private readonly ClipTextEmbeddings embeddings;
    private readonly ClipTransformer encoder;
    private readonly NormLayer final_layer_norm;

    public ClipTextTower(ClipTextConfig config, ParameterOptions options)
        : base(nameof(ClipTextTower))
    {
        embeddings = new ClipTextEmbeddings(config, options);
        encoder = new ClipTransformer(
            config.Layers, config.HiddenSize, config.IntermediateSize, config.AttentionHeads, config.Activation, config.LayerNormEpsilon,
            options);
        final_layer_norm = new NormLayer(config.HiddenSize, options, config.LayerNormEpsilon);
        RegisterComponents();
    }

    public Device Device => embeddings.Device;

    /// <summary>Tokens [N, T] to normed states [N, T, width].</summary>
    public override Tensor forward(Tensor tokens)
    {
        using var scope = NewDisposeScope();
        return final_layer_norm.forward(encoder.Apply(embeddings.forward(tokens), causal: true)).MoveToOuterDisposeScope();
    }

    /// <summary>The normed state at each text's end, [N, width].</summary>
    /// <param name="sequence">The tokens, and where they end once the prompts stand among them.</param>
    /// <param name="prompts">[N, L, width], or null.</param>
    public Tensor Pooled(ClipTextSequence sequence, Tensor? prompts)
    {
        using var scope = NewDisposeScope();
        var tokens = tensor(sequence.Tokens, [sequence.Texts, sequence.TokensPerText], device: Device);
        var embedded = prompts is null ? embeddings.forward(tokens) : embeddings.Embed(tokens, prompts, sequence.PromptsAt);
        var states = encoder.Apply(embedded, causal: true);
        var ends = tensor(sequence.FlatEnds(states.shape[1]), device: Device);
        // A norm looks at one position at a time: only the pooled ones need it.
        return final_layer_norm.forward(states.reshape(-1, states.shape[2]).index_select(0, ends)).MoveToOuterDisposeScope();
    }
}
