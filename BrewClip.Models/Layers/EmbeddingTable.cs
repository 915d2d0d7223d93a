using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace BrewClip.Models.Layers;

/// <summary>Vectors by index: a table [count, width] of token or position embeddings.</summary>
internal sealed class EmbeddingTable : nn.Module<Tensor, Tensor>
{
    private readonly Parameter weight;

    public EmbeddingTable(long count, long width, ParameterOptions options)
        : base(nameof(EmbeddingTable))
    {
        weight = options.Allocate(count, width);
        RegisterComponents();
    }

    public ScalarType Type => weight.dtype;

    public Device Device => weight.device;

    /// <summary>The whole table, a tensor of this module that its caller must not dispose.</summary>
    public Tensor Table => weight;

    /// <summary>Indices [...] (int64) to vectors [..., width].</summary>
    public override Tensor forward(Tensor indices)
    {
        using var scope = NewDisposeScope();
        var rows = weight.index_select(0, indices.reshape(-1));
        return rows.view([.. indices.shape, weight.shape[1]]).MoveToOuterDisposeScope();
    }

    /// <summary>A view of rows [start, start + count).</summary>
    public Tensor Rows(long start, long count) => weight.narrow(0, start, count);

    /// <summary>Similarity of vectors [..., width] with every row: the output layer of a network with tied embeddings.</summary>
    public Tensor Scores(Tensor vectors) => F.linear(vectors, weight);
}
