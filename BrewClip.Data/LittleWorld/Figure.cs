namespace BrewClip.Data.LittleWorld;

/// <summary>A person with a shirt of some colour and a mood.</summary>
/// <param name="Kind">Who it is.</param>
/// <param name="Shirt">The colour of the shirt.</param>
/// <param name="Mood">What it feels.</param>
public sealed record Figure(FigureKind Kind, Colour Shirt, Mood Mood);
