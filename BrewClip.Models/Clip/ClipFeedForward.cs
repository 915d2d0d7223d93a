using BrewClip.Models.Layers;
using static TorchSharp.torch;

namespace BrewClip.Models.Clip;

/// <summary>The feed-forward half of a CLIP layer.</summary>
internal sealed class ClipFeedForward : nn.Module<Tensor, Tensor>
{
    private readonly LinearLayer fc1;
    private readonly LinearLayer fc2;
    private readonly Activation _activation;

    public ClipFeedForward(long width, long inner, Activation activation, ParameterOptions options)
        : base(nameof(ClipFeedForward))
    {
        _activation = activation;
        fc1 = new LinearLayer(width, inner, options);
        fc2 = new LinearLayer(inner, width, options);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => FeedForward.Apply(input, fc1, _activation, fc2);
}
