namespace BrewClip.Training.Recipes;

/// <summary>The shape of a transformer.</summary>
public sealed record TowerShape
{
    /// <summary>Its width.</summary>
    public required int Width { get; init; }

    /// <summary>Its layers.</summary>
    public required int Layers { get; init; }

    /// <summary>Attention heads of a layer.</summary>
    public required int AttentionHeads { get; init; }

    /// <summary>Inner width of a layer's feed-forward part.</summary>
    public required int FeedForward { get; init; }

    internal string? Fault() => Width < 1 || Layers < 1 || AttentionHeads < 1 || FeedForward < 1 || Width % AttentionHeads != 0
        ? $"width {Width}, layers {Layers}, attention_heads {AttentionHeads} and feed_forward {FeedForward} make no transformer: "
            + "all are above 0, and the heads divide the width"
        : null;
}
