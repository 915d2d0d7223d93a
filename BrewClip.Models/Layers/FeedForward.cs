using static TorchSharp.torch;

namespace BrewClip.Models.Layers;

/// <summary>The feed-forward half of a transformer layer: widen, activate, narrow.</summary>
internal static class FeedForward
{
    public static Tensor Apply(Tensor input, LinearLayer widen, Activation activation, LinearLayer narrow)
    {
        using var scope = NewDisposeScope();
        return narrow.forward(activation.Apply(widen.forward(input))).MoveToOuterDisposeScope();
    }
}
