using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace BrewClip.Models.Layers;

/// <summary>Multi-head attention of a sequence to itself.</summary>
internal sealed class SelfAttention : nn.Module<Tensor, Tensor>
{
    private readonly FusedProjection qkv_proj;
    private readonly LinearLayer out_proj;
    private readonly long _heads;

    public SelfAttention(long width, long heads, ParameterOptions options, bool keyHasBias)
        : base(nameof(SelfAttention))
    {
        _heads = heads;
        qkv_proj = new FusedProjection(width, 3, options, keyHasBias);
        out_proj = new LinearLayer(width, width, options);
        RegisterComponents();
    }

    /// <summary>Every position attends to every position: [N, T, width] to [N, T, width].</summary>
    public override Tensor forward(Tensor input) => Attend(input, causal: false);

    /// <param name="input">[N, T, width].</param>
    /// <param name="causal">Whether a position attends only to itself and those before it.</param>
    public Tensor Attend(Tensor input, bool causal)
    {
        using var scope = NewDisposeScope();
        var parts = qkv_proj.Heads(input, _heads);
        var attended = F.scaled_dot_product_attention(parts[0], parts[1], parts[2], is_casual: causal);
        return out_proj.forward(AttentionHeads.Merge(attended)).MoveToOuterDisposeScope();
    }

    /// <summary>Attention of the first position alone: [N, T, width] to [N, 1, width].</summary>
    public Tensor AttendFirst(Tensor input)
    {
        using var scope = NewDisposeScope();
        var parts = qkv_proj.Heads(input, _heads);
        var attended = F.scaled_dot_product_attention(parts[0].narrow(2, 0, 1), parts[1], parts[2]);
        return out_proj.forward(AttentionHeads.Merge(attended)).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Attention of new positions to themselves and to all that a cache holds; their keys and values are written to the cache.
    /// </summary>
    /// <param name="input">The new positions [rows, T, width].</param>
    /// <param name="keys">[rows, heads, capacity, width / heads]; the first <paramref name="length"/> positions are filled.</param>
    /// <param name="values">As <paramref name="keys"/>.</param>
    /// <param name="length">How many positions came before.</param>
    /// <param name="mask">True where a new position may attend, [rows or 1, 1, T, length + T]; null leaves the causal rule alone.</param>
    public Tensor AttendCached(Tensor input, Tensor keys, Tensor values, long length, Tensor? mask)
    {
        using var scope = NewDisposeScope();
        long added = input.shape[1];
        var parts = qkv_proj.Heads(input, _heads);
        keys.narrow(2, length, added).copy_(parts[1]);
        values.narrow(2, length, added).copy_(parts[2]);
        var attended = F.scaled_dot_product_attention(
            parts[0],
            keys.narrow(2, 0, length + added),
            values.narrow(2, 0, length + added),
            mask,
            is_casual: mask is null && added > 1);
        return out_proj.forward(AttentionHeads.Merge(attended)).MoveToOuterDisposeScope();
    }
}
