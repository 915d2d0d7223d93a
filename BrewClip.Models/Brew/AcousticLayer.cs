using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace BrewClip.Models.Brew;

/// <summary>
/// One transformer encoder layer of the acoustic branch: post-norm, as PyTorch's <c>TransformerEncoderLayer</c> with
/// <c>norm_first=False</c> and GELU, which SpeechCLIP and the authors use.
/// </summary>
internal sealed class AcousticLayer : nn.Module
{
    [ComponentName(Name = "self_attn")]
    private readonly AcousticAttention _attention;

    [ComponentName(Name = "norm1")]
    private readonly LayerNorm _attentionNorm;

    [ComponentName(Name = "norm2")]
    private readonly LayerNorm _feedForwardNorm;

    [ComponentName(Name = "fc1")]
    private readonly Linear _expand;

    [ComponentName(Name = "fc2")]
    private readonly Linear _contract;

    private readonly double _dropout;

    public AcousticLayer(int width, int heads, int feedForward, double dropout)
        : base(nameof(AcousticLayer))
    {
        _attention = new AcousticAttention(width, heads, dropout);
        _attentionNorm = nn.LayerNorm(width);
        _feedForwardNorm = nn.LayerNorm(width);
        _expand = nn.Linear(width, feedForward);
        _contract = nn.Linear(feedForward, width);
        _dropout = dropout;
        RegisterComponents();
    }

    /// <param name="states">[N, T, width].</param>
    /// <param name="mask">Boolean [N, 1, 1, T], true where a position may be attended; null for all.</param>
    /// <param name="firstAlone">
    /// Compute position 0 alone, [N, 1, width]: all that is read of a last layer, for a fraction of the work.
    /// </param>
    public Tensor Forward(Tensor states, Tensor? mask, bool firstAlone = false)
    {
        using var scope = NewDisposeScope();
        var asked = firstAlone ? states.narrow(1, 0, 1) : states;
        var attended = firstAlone ? _attention.ForwardFirst(states, mask) : _attention.Forward(states, mask);
        var middle = _attentionNorm.call(asked + F.dropout(attended, _dropout, training));
        var inner = F.dropout(F.gelu(_expand.call(middle)), _dropout, training);
        var contracted = F.dropout(_contract.call(inner), _dropout, training);
        return _feedForwardNorm.call(middle + contracted).MoveToOuterDisposeScope();
    }
}

/// <summary>Multi-head self-attention with separate projections.</summary>
internal sealed class AcousticAttention : nn.Module
{
    [ComponentName(Name = "q_proj")]
    private readonly Linear _query;

    [ComponentName(Name = "k_proj")]
    private readonly Linear _key;

    [ComponentName(Name = "v_proj")]
    private readonly Linear _value;

    [ComponentName(Name = "out_proj")]
    private readonly Linear _output;

    private readonly int _heads;
    private readonly double _dropout;

    public AcousticAttention(int width, int heads, double dropout)
        : base(nameof(AcousticAttention))
    {
        if (width % heads != 0)
        {
            throw new InvalidDataException($"The acoustic branch is {width} wide, which {heads} attention heads do not divide.");
        }

        _query = Projection(width);
        _key = Projection(width);
        _value = Projection(width);
        _output = nn.Linear(width, width);
        nn.init.zeros_(_output.bias!);
        _heads = heads;
        _dropout = dropout;
        RegisterComponents();
    }

    public Tensor Forward(Tensor states, Tensor? mask)
    {
        using var scope = NewDisposeScope();
        var mixed = F.scaled_dot_product_attention(
            Heads(_query, states), Heads(_key, states), Heads(_value, states), mask, training ? _dropout : 0);
        return _output.call(mixed.transpose(1, 2).reshape(states.shape)).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Position 0 alone, [N, 1, width]. With one query the key and value maps need not be applied to every position: the query goes through
    /// the transposed key map instead, and the value map is applied to the weighted sum of states, which is the same by associativity.
    /// </summary>
    public Tensor ForwardFirst(Tensor states, Tensor? mask)
    {
        using var scope = NewDisposeScope();
        long batch = states.shape[0], length = states.shape[1], width = states.shape[2], head = width / _heads;
        var query = _query.call(states.select(1, 0)).view(batch, _heads, head) * (1 / Math.Sqrt(head));
        var asked = matmul(query.transpose(0, 1), _key.weight.view(_heads, head, width)).transpose(0, 1);
        var scores = matmul(asked, states.transpose(1, 2)) + (query * _key.bias!.view(_heads, head)).sum(-1, keepdim: true);
        if (mask is not null)
        {
            scores = scores.masked_fill(mask.view(batch, 1, length).logical_not(), float.NegativeInfinity);
        }

        var weights = F.dropout(scores.softmax(-1), _dropout, training);
        var summed = matmul(weights, states).transpose(0, 1);
        var mixed = matmul(summed, _value.weight.view(_heads, head, width).transpose(1, 2)).transpose(0, 1)
            + weights.sum(-1, keepdim: true) * _value.bias!.view(_heads, head);
        return _output.call(mixed.reshape(batch, 1, width)).MoveToOuterDisposeScope();
    }

    private Tensor Heads(Linear projection, Tensor states) =>
        projection.call(states).view(states.shape[0], states.shape[1], _heads, states.shape[2] / _heads).transpose(1, 2);

    // PyTorch's attention draws its three input projections as one matrix of three times the height, and starts their biases at 0.
    private static Linear Projection(int width)
    {
        var projection = nn.Linear(width, width);
        double bound = Math.Sqrt(6.0 / (width + 3 * width));
        nn.init.uniform_(projection.weight, -bound, bound);
        nn.init.zeros_(projection.bias!);
        return projection;
    }
}
