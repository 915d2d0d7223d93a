using BrewClip.Models.Layers;
using static TorchSharp.torch;

namespace BrewClip.Models.Clip;

/// <summary>Tokens to vectors with their positions, with prompt vectors among them where given.</summary>
internal sealed class ClipTextEmbeddings : nn.Module<Tensor, Tensor>
{
    private readonly EmbeddingTable token_embedding;
    private readonly EmbeddingTable position_embedding;

    public ClipTextEmbeddings(ClipTextConfig config, ParameterOptions options)
        : base(nameof(ClipTextEmbeddings))
    {
        token_embedding = new EmbeddingTable(config.VocabularySize, config.HiddenSize, options);
        position_embedding = new EmbeddingTable(config.ContextLength, config.HiddenSize, options);
        RegisterComponents();
    }

    public ScalarType Type => token_embedding.Type;

    public Device Device => token_embedding.Device;

    /// <summary>Tokens [N, T] to [N, T, width].</summary>
    public override Tensor forward(Tensor tokens)
    {
        using var scope = NewDisposeScope();
        return AddPositions(token_embedding.forward(tokens)).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Tokens [N, T] and prompts [N, L, width] to [N, T + L, width], the prompts standing before token <paramref name="at"/>.
    /// </summary>
    public Tensor Embed(Tensor tokens, Tensor prompts, long at)
    {
        using var scope = NewDisposeScope();
        var vectors = token_embedding.forward(tokens);
        var rows = prompts.to(Type, Device);
        long count = tokens.shape[1];
        var sequence = at == 0
            ? cat([rows, vectors], 1)
            : cat([vectors.narrow(1, 0, at), rows, vectors.narrow(1, at, count - at)], 1);
        return AddPositions(sequence).MoveToOuterDisposeScope();
    }

    private Tensor AddPositions(Tensor sequence) => sequence + position_embedding.Rows(0, sequence.shape[1]);
}
