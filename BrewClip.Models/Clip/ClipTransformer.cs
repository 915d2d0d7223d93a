using BrewClip.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace BrewClip.Models.Clip;

/// <summary>The stack of layers of one CLIP tower.</summary>
internal sealed class ClipTransformer : nn.Module<Tensor, Tensor>
{
    private readonly ModuleList<ClipEncoderLayer> layers;

    public ClipTransformer(int count, long width, long inner, long heads, Activation activation, double epsilon, ParameterOptions options)
        : base(nameof(ClipTransformer))
    {
        layers = nn.ModuleList(Enumerable.Range(0, count)
            .Select(_ => new ClipEncoderLayer(width, inner, heads, activation, epsilon, options)).ToArray());
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => Apply(input, causal: false);

    /// <summary>[N, T, width] through every layer.</summary>
    public Tensor Apply(Tensor input, bool causal)
    {
        using var scope = NewDisposeScope();
        var states = ThroughFirst(layers.Count, input, causal);
        return states.MoveToOuterDisposeScope();
    }

    /// <summary>The last layer's output at position 0 alone, [N, 1, width].</summary>
    public Tensor ApplyToFirst(Tensor input)
    {
        using var scope = NewDisposeScope();
        return LastToFirst(Penultimate(input)).MoveToOuterDisposeScope();
    }

    /// <summary>What the last layer reads, [N, T, width].</summary>
    public Tensor Penultimate(Tensor input)
    {
        using var scope = NewDisposeScope();
        return ThroughFirst(layers.Count - 1, input, causal: false).MoveToOuterDisposeScope();
    }

    /// <summary>From what the last layer reads to its output at position 0, [N, 1, width].</summary>
    public Tensor LastToFirst(Tensor states) => layers[layers.Count - 1].ApplyToFirst(states);

    // Each layer's input goes as soon as its output is there, so that depth costs no memory where no gradient keeps it.
    private Tensor ThroughFirst(int count, Tensor input, bool causal)
    {
        var states = input.alias();
        for (int i = 0; i < count; i++)
        {
            var next = layers[i].Apply(states, causal);
            states.Dispose();
            states = next;
        }

        return states;
    }
}
