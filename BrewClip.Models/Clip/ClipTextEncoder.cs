using BrewClip.Models.Layers;
using BrewClip.Models.Loading;
using static TorchSharp.torch;

namespace BrewClip.Models.Clip;

/// <summary>CLIP's text encoder: tokens to vectors in the space that images and texts share.</summary>
/// <remarks>
/// Safe for concurrent use once loaded. Results belong to the caller (and to its dispose scope, where it has one) and are float32 whatever
/// the precision of the weights. <c>forward</c> takes part in autograd, so that gradients reach prompts through a frozen tower;
/// <see cref="Encode"/> does not.
/// </remarks>
public sealed class ClipTextEncoder : nn.Module<Tensor, Tensor>
{
    private readonly ClipTextTower text_model;
    private readonly LinearLayer text_projection;

    internal ClipTextEncoder(ClipConfig config, ParameterOptions options)
        : base(nameof(ClipTextEncoder))
    {
        Config = config;
        text_model = new ClipTextTower(config.Text, options);
        text_projection = new LinearLayer(config.Text.HiddenSize, config.EmbeddingSize, options, hasBias: false);
        RegisterComponents();
    }

    /// <summary>The shape of the model.</summary>
    public ClipConfig Config { get; }

    /// <summary>Loads the text encoder alone from a folder that holds a CLIP model, or only this half of one.</summary>
    /// <inheritdoc cref="ClipModel.Load" path="/param|/exception"/>
    public static ClipTextEncoder Load(string folder, ModelLoadingOptions? options = null, CancellationToken cancellation = default) =>
        ClipLoader.LoadText(folder, options ?? new ModelLoadingOptions(), cancellation);

    /// <summary>Embeddings without a gradient: tokens [N, T] (int64) to [N, embedding width], not normalised.</summary>
    /// <exception cref="ArgumentException">The tokens do not fit this model.</exception>
    public Tensor Encode(Tensor tokens)
    {
        using var noGrad = no_grad();
        return forward(tokens, null);
    }

    /// <summary>Tokens [N, T] (int64) to embeddings [N, embedding width], not normalised.</summary>
    public override Tensor forward(Tensor tokens) => forward(tokens, null);

    /// <summary>Embeddings of texts, with prompt vectors in the sequence where given.</summary>
    /// <param name="tokens">
    /// [N, T] int64, T at most the context length: start, text, end, padding of any kind. Prompts shift the text; what then overflows the
    /// context is cut and its last position is end-of-text.
    /// </param>
    /// <param name="prompts">
    /// [L, tower width] or [N, L, tower width], in place of token embeddings (positions are added); null for none.
    /// </param>
    /// <param name="placement">Where the prompts stand.</param>
    /// <returns>[N, embedding width], float32, not normalised.</returns>
    /// <exception cref="ArgumentException">Tokens or prompts do not fit this model.</exception>
    public Tensor forward(Tensor tokens, Tensor? prompts, PromptPlacement placement = PromptPlacement.AfterStart)
    {
        using var scope = NewDisposeScope();
        if (tokens.shape.Length != 2)
        {
            throw new ArgumentException($"Tokens are [{string.Join(", ", tokens.shape)}]: [texts, length] is expected.", nameof(tokens));
        }

        var ids = tokens.to(ScalarType.Int64).cpu().contiguous().data<long>().ToArray();
        var sequence = ClipTextSequence.Create(ids, (int)tokens.shape[1], Config.Text, PromptVectors.Length(prompts), placement);
        var rows = prompts is null ? null : PromptVectors.Expand(prompts, sequence.Texts, Config.Text.HiddenSize);
        return text_projection.forward(text_model.Pooled(sequence, rows)).to(ScalarType.Float32).MoveToOuterDisposeScope();
    }

    /// <summary>Parameters under the names of the hub's checkpoints.</summary>
    public override Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null) =>
        FusedProjection.SplitNames(base.state_dict(destination, prefix), prefix, keyHasBias: true);
}
