using BrewClip.Models.Layers;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace BrewClip.Models.Whisper;

/// <summary>The decoder's attention to the encoder's output, whose keys and values are computed once for each utterance.</summary>
internal sealed class CrossAttention : nn.Module<Tensor, Tensor, Tensor, Tensor>
{
    private readonly LinearLayer q_proj;
    private readonly FusedProjection kv_proj;
    private readonly LinearLayer out_proj;
    private readonly long _heads;

    public CrossAttention(long width, long heads, ParameterOptions options)
        : base(nameof(CrossAttention))
    {
        _heads = heads;
        q_proj = new LinearLayer(width, width, options);
        kv_proj = new FusedProjection(width, 2, options, keyHasBias: false);
        out_proj = new LinearLayer(width, width, options);
        RegisterComponents();
    }

    /// <summary>Encoder output [N, frames, width] to keys and values, each [N, heads, frames, width / heads] and contiguous.</summary>
    public (Tensor Keys, Tensor Values) KeysAndValues(Tensor audio)
    {
        using var scope = NewDisposeScope();
        var parts = kv_proj.Heads(audio, _heads);
        // Read once for every token from here on: laid out so that each head's frames follow each other in memory.
        return (parts[0].contiguous().MoveToOuterDisposeScope(), parts[1].contiguous().MoveToOuterDisposeScope());
    }

    /// <param name="input">[rows, T, width]; the rows of one utterance (its beams) follow each other.</param>
    /// <param name="keys">[utterances, heads, frames, width / heads], shared by an utterance's rows.</param>
    /// <param name="values">As <paramref name="keys"/>.</param>
    /// <returns>[rows, T, width].</returns>
    public override Tensor forward(Tensor input, Tensor keys, Tensor values)
    {
        using var scope = NewDisposeScope();
        var attended = F.scaled_dot_product_attention(Queries(input, keys), keys, values);
        return out_proj.forward(AttentionHeads.Merge(attended).view(input.shape)).MoveToOuterDisposeScope();
    }

    /// <summary>One head's attention before its softmax, [rows, T, frames], float32.</summary>
    public Tensor Scores(Tensor input, Tensor keys, int head)
    {
        using var scope = NewDisposeScope();
        var queries = Queries(input, keys).select(1, head).to(ScalarType.Float32);
        var headKeys = keys.select(1, head).to(ScalarType.Float32);
        var scores = bmm(queries * (1 / Math.Sqrt(queries.shape[2])), headKeys.transpose(1, 2));
        return scores.view(input.shape[0], input.shape[1], keys.shape[2]).MoveToOuterDisposeScope();
    }

    // An utterance's rows look at the same keys: as one longer sequence of queries they read them once.
    private Tensor Queries(Tensor input, Tensor keys)
    {
        long utterances = keys.shape[0], width = input.shape[2];
        return AttentionHeads.Split(q_proj.forward(input).view(utterances, -1, width), _heads);
    }
}
