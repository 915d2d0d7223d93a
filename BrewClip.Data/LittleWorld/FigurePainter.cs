namespace BrewClip.Data.LittleWorld;

/// <summary>Paints a person whose face shows its mood.</summary>
internal static class FigurePainter
{
    private const double Head = 0.21;
    private static readonly Paint _skin = new(245, 205, 165);
    private static readonly Paint _flushed = new(240, 130, 105);
    private static readonly Paint _tear = new(40, 120, 235);

    /// <param name="canvas">What to paint on.</param>
    /// <param name="figure">Who, and how it feels.</param>
    /// <param name="x">Centre of the head.</param>
    /// <param name="y">Centre of the head.</param>
    public static void Paint(Canvas canvas, Figure figure, double x, double y)
    {
        var hair = HairOf(figure.Kind);
        PaintBehindHead(canvas, figure.Kind, hair, x, y);
        PaintShirt(canvas, Palette.Of(figure.Shirt), x, y);
        Disc(canvas, Palette.Ink, x, y, Head * 1.05);
        Disc(canvas, figure.Mood == Mood.Angry ? _flushed : _skin, x, y, Head);
        PaintOnHead(canvas, figure.Kind, hair, x, y);
        PaintFace(canvas, figure.Mood, x, y);
    }

    private static void PaintFace(Canvas canvas, Mood mood, double x, double y)
    {
        foreach (int side in (int[])[-1, 1])
        {
            double eye = x + side * Head * 0.4;
            Disc(canvas, Palette.Ink, eye, y - Head * 0.12, Head * 0.13);
            double slant = mood switch { Mood.Angry => 0.55, Mood.Sad => -0.5, _ => 0 };
            double lift = mood == Mood.Happy ? -0.5 : -0.42;
            Stroke(canvas, eye, y + Head * lift, Head * 0.28, Head * 0.07, t => -side * slant * t);
        }

        double bend = mood switch { Mood.Happy => -0.75, Mood.Sad => 0.75, Mood.Angry => 0.35, _ => 0 };
        double width = mood == Mood.Neutral ? 0.32 : 0.46;
        Stroke(canvas, x, y + Head * (0.48 - 0.2 * bend), Head * width, Head * 0.085, t => bend * t * t * 0.9);
        if (mood == Mood.Sad)
        {
            Disc(canvas, _tear, x + Head * 0.45, y + Head * 0.25, Head * 0.13);
        }
    }

    // A line of the given half width and half thickness, bent by a function of the position along it, from -1 to 1.
    private static void Stroke(Canvas canvas, double x, double y, double half, double thickness, Func<double, double> bend) =>
        canvas.Draw(
            Palette.Ink, x - half, y - half - thickness, x + half, y + half + thickness,
            (px, py) => Math.Abs(py - (y + bend((px - x) / half) * half)) < thickness);

    private static void PaintShirt(Canvas canvas, Paint shirt, double x, double y)
    {
        double top = y + Head * 0.85;
        canvas.Draw(shirt, x - 0.3, top, x + 0.3, 1, (px, py) => Math.Abs(px - x) < 0.1 + Math.Min(0.16, (py - top) * 0.9));
    }

    private static void PaintBehindHead(Canvas canvas, FigureKind kind, Paint hair, double x, double y)
    {
        if (kind == FigureKind.Woman)
        {
            canvas.Draw(
                hair, x - 0.3, y - 0.3, x + 0.3, y + 0.4,
                (px, py) => Math.Abs(px - x) < Head * 1.25 && py > y - Head * 0.4 && py < y + Head * 1.6);
            Disc(canvas, hair, x, y - Head * 0.3, Head * 1.2);
        }
        else if (kind == FigureKind.Girl)
        {
            Disc(canvas, hair, x - Head * 1.2, y + Head * 0.2, Head * 0.38);
            Disc(canvas, hair, x + Head * 1.2, y + Head * 0.2, Head * 0.38);
        }
    }

    private static void PaintOnHead(Canvas canvas, FigureKind kind, Paint hair, double x, double y)
    {
        double line = y - Head * 0.55;
        canvas.Draw(
            hair, x - Head * 1.1, y - Head * 1.1, x + Head * 1.1, line,
            (px, py) => (px - x) * (px - x) + (py - y) * (py - y) < Head * Head * 1.1 && py < line);
        if (kind == FigureKind.Man)
        {
            canvas.Draw(Palette.Ink, x - Head * 1.4, line - Head * 0.1, x + Head * 1.4, line + Head * 0.08, (_, _) => true);
            canvas.Draw(Palette.Ink, x - Head * 0.8, line - Head * 0.9, x + Head * 0.8, line, (_, _) => true);
        }
    }

    private static Paint HairOf(FigureKind kind) => kind switch
    {
        FigureKind.Boy => new(110, 65, 25),
        FigureKind.Girl => new(190, 110, 35),
        FigureKind.Woman => new(70, 35, 20),
        _ => new(60, 60, 65),
    };

    private static void Disc(Canvas canvas, Paint paint, double x, double y, double radius) =>
        canvas.Draw(
            paint, x - radius, y - radius, x + radius, y + radius,
            (px, py) => (px - x) * (px - x) + (py - y) * (py - y) < radius * radius);
}
