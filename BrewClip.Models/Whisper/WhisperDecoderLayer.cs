using BrewClip.Models.Layers;
using static TorchSharp.torch;

namespace BrewClip.Models.Whisper;

/// <summary>One pre-norm layer of Whisper's decoder, reading and extending one layer of a <see cref="KeyValueCache"/>.</summary>
internal sealed class WhisperDecoderLayer : nn.Module
{
    private readonly SelfAttention self_attn;
    private readonly NormLayer self_attn_layer_norm;
    private readonly CrossAttention encoder_attn;
    private readonly NormLayer encoder_attn_layer_norm;
    private readonly LinearLayer fc1;
    private readonly LinearLayer fc2;
    private readonly NormLayer final_layer_norm;

    public WhisperDecoderLayer(WhisperConfig config, ParameterOptions options)
        : base(nameof(WhisperDecoderLayer))
    {
        self_attn = new SelfAttention(config.Width, config.DecoderAttentionHeads, options, keyHasBias: false);
        self_attn_layer_norm = new NormLayer(config.Width, options);
        encoder_attn = new CrossAttention(config.Width, config.DecoderAttentionHeads, options);
        encoder_attn_layer_norm = new NormLayer(config.Width, options);
        fc1 = new LinearLayer(config.Width, config.DecoderFeedForward, options);
        fc2 = new LinearLayer(config.DecoderFeedForward, config.Width, options);
        final_layer_norm = new NormLayer(config.Width, options);
        RegisterComponents();
    }

    public (Tensor Keys, Tensor Values) KeysAndValues(Tensor audio) => encoder_attn.KeysAndValues(audio);

    /// <summary>
    /// Whole sequences [N, T, width] with the audio [N, frames, width]: every position sees those before it. In the graph.
    /// </summary>
    public Tensor Forward(Tensor input, Tensor audio)
    {
        using var scope = NewDisposeScope();
        var states = input + self_attn.Attend(self_attn_layer_norm.forward(input), causal: true);
        var (keys, values) = encoder_attn.KeysAndValues(audio);
        states = states + encoder_attn.forward(encoder_attn_layer_norm.forward(states), keys, values);
        return (states + FeedForward.Apply(final_layer_norm.forward(states), fc1, Activation.Gelu, fc2)).MoveToOuterDisposeScope();
    }

    /// <param name="input">New positions [rows, T, width].</param>
    /// <param name="cache">This layer's keys and values; the new positions' are added.</param>
    /// <param name="length">How many positions the cache held before.</param>
    /// <param name="mask">Where new positions may attend; null for the causal rule.</param>
    /// <param name="alignment">Collects the scores of the heads that follow words; null for none.</param>
    /// <returns>[rows, T, width].</returns>
    public Tensor Apply(Tensor input, LayerCache cache, long length, Tensor? mask, AlignmentScores? alignment)
    {
        using var scope = NewDisposeScope();
        var states = self_attn.AttendCached(self_attn_layer_norm.forward(input), cache.Keys, cache.Values, length, mask).add_(input);
        var question = encoder_attn_layer_norm.forward(states);
        alignment?.Collect(head => encoder_attn.Scores(question, cache.AudioKeys, head));
        states = encoder_attn.forward(question, cache.AudioKeys, cache.AudioValues).add_(states);
        return FeedForward.Apply(final_layer_norm.forward(states), fc1, Activation.Gelu, fc2).add_(states).MoveToOuterDisposeScope();
    }
}
