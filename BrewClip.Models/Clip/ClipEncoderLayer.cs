using BrewClip.Models.Layers;
using static TorchSharp.torch;

namespace BrewClip.Models.Clip;

/// <summary>One pre-norm transformer layer of either CLIP tower.</summary>
internal sealed class ClipEncoderLayer : nn.Module<Tensor, Tensor>
{
    private readonly SelfAttention self_attn;
    private readonly NormLayer layer_norm1;
    private readonly ClipFeedForward mlp;
    private readonly NormLayer layer_norm2;

    public ClipEncoderLayer(long width, long inner, long heads, Activation activation, double epsilon, ParameterOptions options)
        : base(nameof(ClipEncoderLayer))
    {
        self_attn = new SelfAttention(width, heads, options, keyHasBias: true);
        layer_norm1 = new NormLayer(width, options, epsilon);
        mlp = new ClipFeedForward(width, inner, activation, options);
        layer_norm2 = new NormLayer(width, options, epsilon);
        RegisterComponents();
    }

    /// <summary>Every position sees every other: [N, T, width] to [N, T, width].</summary>
    public override Tensor forward(Tensor input) => Apply(input, causal: false);

    public Tensor Apply(Tensor input, bool causal)
    {
        using var scope = NewDisposeScope();
        return AddFeedForward(input + self_attn.Attend(layer_norm1.forward(input), causal)).MoveToOuterDisposeScope();
    }

    /// <summary>The layer's output at position 0 alone, [N, 1, width]: all that pooling reads of the last layer.</summary>
    public Tensor ApplyToFirst(Tensor input)
    {
        using var scope = NewDisposeScope();
        var attended = self_attn.AttendFirst(layer_norm1.forward(input));
        return AddFeedForward(input.narrow(1, 0, 1) + attended).MoveToOuterDisposeScope();
    }

    private Tensor AddFeedForward(Tensor input) => input + mlp.forward(layer_norm2.forward(input));
}
