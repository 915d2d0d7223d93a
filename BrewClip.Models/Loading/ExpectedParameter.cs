namespace BrewClip.Models.Loading;

/// <summary>A parameter that a configuration asks for.</summary>
/// <param name="Name">The hub's name.</param>
/// <param name="Shape">Sizes; empty for a scalar.</param>
/// <param name="Optional">A file may lack it, because its values are known: the encoder's sinusoids.</param>
internal sealed record ExpectedParameter(string Name, long[] Shape, bool Optional = false)
{
    public long Count => Shape.Aggregate(1L, (product, size) => product * size);
}
