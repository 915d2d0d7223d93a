using BrewClip.Models.Layers;
using static TorchSharp.torch;

namespace BrewClip.Models.Whisper;

/// <summary>One pre-norm layer of Whisper's encoder: [N, T, width] to [N, T, width].</summary>
internal sealed class WhisperEncoderLayer : nn.Module<Tensor, Tensor>
{
    private readonly SelfAttention self_attn;
    private readonly NormLayer self_attn_layer_norm;
    private readonly LinearLayer fc1;
    private readonly LinearLayer fc2;
    private readonly NormLayer final_layer_norm;

    public WhisperEncoderLayer(WhisperConfig config, ParameterOptions options)
        : base(nameof(WhisperEncoderLayer))
    {
        self_attn = new SelfAttention(config.Width, config.EncoderAttentionHeads, options, keyHasBias: false);
        self_attn_layer_norm = new NormLayer(config.Width, options);
        fc1 = new LinearLayer(config.Width, config.EncoderFeedForward, options);
        fc2 = new LinearLayer(config.EncoderFeedForward, config.Width, options);
        final_layer_norm = new NormLayer(config.Width, options);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var attended = input + self_attn.forward(self_attn_layer_norm.forward(input));
        var result = attended + FeedForward.Apply(final_layer_norm.forward(attended), fc1, Activation.Gelu, fc2);
        return result.MoveToOuterDisposeScope();
    }
}
