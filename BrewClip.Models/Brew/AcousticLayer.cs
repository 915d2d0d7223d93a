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
    /// <param name="firstAlone">Compute position 0 alone, [N, 1, width]: all that is read of a last layer, for a sixth of the work.</param>
    public Tensor Forward(Tensor states, Tensor? mask, bool firstAlone = false)
    {
        using var scope = NewDisposeScope();
        var asked = firstAlone ? states.narrow(1, 0, 1) : states;
        var attended = _attention.Forward(asked, states, mask);
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

    /// <param name="asked">The positions to compute, [N, Q, width].</param>
    /// <param name="states">The positions that they attend, [N, T, width].</param>
    /// <param name="mask">Boolean [N, 1, 1, T], true where a position may be attended; null for all.</param>
    public Tensor Forward(Tensor asked, Tensor states, Tensor? mask)
    {
        using var scope = NewDisposeScope();
        long batch = asked.shape[0], length = asked.shape[1], width = asked.shape[2];
        var mixed = F.scaled_dot_product_attention(
            Heads(_query, asked), Heads(_key, states), Heads(_value, states), mask, training ? _dropout : 0);
        return _output.call(mixed.transpose(1, 2).reshape(batch, length, width)).MoveToOuterDisposeScope();
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
