using BrewClip.Core.Images;

namespace BrewClip.Data.LittleWorld;

/// <summary>Paints scenes. Stateless: safe to call from several threads.</summary>
public static class SceneRenderer
{
    /// <summary>Width and height of a picture where nothing else is asked, in pixels.</summary>
    public const int DefaultSize = 128;

    private const double SmallRadius = 0.095;
    private const double LargeRadius = 0.185;
    private const double Jitter = 0.03;

    /// <summary>Paints a scene.</summary>
    /// <param name="scene">What to paint.</param>
    /// <param name="seed">Decides where exactly things stand and how the background is patterned, never what is seen.</param>
    /// <param name="size">Width and height in pixels, 16 to 4096.</param>
    public static RgbImage Render(Scene scene, ulong seed, int size = DefaultSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 16);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, 4096);
        var random = DeterministicRandom.For(seed, "painting");
        var canvas = new Canvas(size);
        BackgroundPainter.Paint(canvas, scene.Background, random);
        if (scene.Figure is not null)
        {
            bool figureLeft = random.Chance(0.5);
            FigurePainter.Paint(canvas, scene.Figure, figureLeft ? 0.33 : 0.67, random.Between(0.36, 0.42));
            DrawThing(canvas, scene.First, figureLeft ? 0.8 : 0.2, random.Between(0.3, 0.75), SmallRadius * 1.35);
        }
        else if (scene is { Relation: Relation relation, Second: Thing second })
        {
            DrawPair(canvas, scene.First, relation, second, random);
        }
        else
        {
            DrawGroup(canvas, scene.First, random);
        }

        return canvas.ToImage();
    }

    private static void DrawPair(Canvas canvas, Thing first, Relation relation, Thing second, DeterministicRandom random)
    {
        double Shift() => random.Between(-Jitter, Jitter);
        if (relation == Relation.Inside)
        {
            double x = 0.5 + 3 * Shift(), y = 0.5 + 3 * Shift();
            DrawThing(canvas, second, x, y, 0.33);
            DrawThing(canvas, first, x, y + (second.Shape == Shape.Heart ? -0.02 : 0), 0.105);
            return;
        }

        var (dx, dy) = relation switch
        {
            Relation.LeftOf => (-0.25, 0.0),
            Relation.RightOf => (0.25, 0.0),
            Relation.Above => (0.0, -0.25),
            _ => (0.0, 0.25),
        };
        DrawThing(canvas, first, 0.5 + dx + Shift(), 0.5 + dy + Shift(), RadiusOf(first));
        DrawThing(canvas, second, 0.5 - dx + Shift(), 0.5 - dy + Shift(), RadiusOf(second));
    }

    private static void DrawGroup(Canvas canvas, Thing group, DeterministicRandom random)
    {
        (double X, double Y)[] places = group.Count switch
        {
            1 => [(0.5, 0.5)],
            2 => [(0.3, 0.5), (0.7, 0.5)],
            3 => [(0.22, 0.5), (0.5, 0.5), (0.78, 0.5)],
            4 => [(0.3, 0.3), (0.7, 0.3), (0.3, 0.7), (0.7, 0.7)],
            _ => [(0.25, 0.25), (0.75, 0.25), (0.5, 0.5), (0.25, 0.75), (0.75, 0.75)],
        };
        foreach (var (x, y) in places)
        {
            DrawThing(canvas, group, x + random.Between(-Jitter, Jitter), y + random.Between(-Jitter, Jitter), SmallRadius * 1.2);
        }
    }

    private static double RadiusOf(Thing thing) => thing.Size == Size.Small ? SmallRadius : LargeRadius;

    private static void DrawThing(Canvas canvas, Thing thing, double x, double y, double radius)
    {
        // A darker copy, a little larger, below: things of any colour stand out from any background.
        double edge = radius * 1.12;
        var body = Palette.Of(thing.Colour);
        DrawPart(canvas, thing.Shape, Palette.EdgeOf(thing.Colour), x, y, edge, part => part != ShapePart.Outside);
        DrawPart(canvas, thing.Shape, body, x, y, radius, part => part == ShapePart.Body);
        DrawPart(canvas, thing.Shape, Palette.DetailOf(thing.Shape), x, y, radius, part => part == ShapePart.Detail);
    }

    private static void DrawPart(
        Canvas canvas, Shape shape, Paint paint, double x, double y, double radius, Func<ShapePart, bool> wanted) =>
        canvas.Draw(
            paint, x - radius, y - radius, x + radius, y + radius,
            (px, py) => wanted(ShapeOutline.PartAt(shape, (px - x) / radius, (py - y) / radius)));
}
