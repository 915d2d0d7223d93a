namespace BrewClip.Data.LittleWorld;

/// <summary>A thing, or a countable group of equal things.</summary>
/// <param name="Shape">Its kind.</param>
/// <param name="Colour">Its colour.</param>
/// <param name="Size">Its size; a group's members are small.</param>
/// <param name="Count">1, or 2 to 5 for a group.</param>
public sealed record Thing(Shape Shape, Colour Colour, Size Size, int Count = 1);
