namespace BrewClip.Data.LittleWorld;

/// <summary>The paints of Little World.</summary>
internal static class Palette
{
    public static readonly Paint Ink = new(25, 25, 30);
    public static readonly Paint Paper = new(250, 250, 245);

    public static Paint Of(Colour colour) => colour switch
    {
        Colour.Red => new(222, 30, 38),
        Colour.Blue => new(30, 70, 220),
        Colour.Green => new(25, 150, 45),
        Colour.Yellow => new(250, 220, 30),
        Colour.Orange => new(250, 135, 15),
        Colour.Purple => new(130, 40, 175),
        Colour.Pink => new(250, 130, 190),
        Colour.Black => new(20, 20, 24),
        Colour.White => new(252, 252, 252),
        Colour.Brown => new(120, 70, 30),
        _ => throw new ArgumentOutOfRangeException(nameof(colour), colour, $"'{colour}' has no paint."),
    };

    public static Paint EdgeOf(Colour colour) => colour == Colour.Black ? new Paint(120, 120, 125) : Of(colour).Towards(Ink, 0.6);

    public static Paint DetailOf(Shape shape) => shape switch
    {
        Shape.Tree => new(95, 60, 30),
        Shape.Flower => new(255, 235, 120),
        Shape.Boat => Paper,
        _ => Ink,
    };
}
