namespace BrewClip.Data.LittleWorld;

/// <summary>Which part of a shape a point belongs to.</summary>
internal enum ShapePart
{
    /// <summary>The point is outside.</summary>
    Outside,

    /// <summary>The part that has the thing's colour.</summary>
    Body,

    /// <summary>A door, a trunk, a sail: the part with a colour of its own.</summary>
    Detail,
}

/// <summary>The outlines of all shapes, in a box from -1 to 1 with y pointing down.</summary>
internal static class ShapeOutline
{
    private static readonly (double X, double Y)[] _starCorners = StarCorners();

    public static ShapePart PartAt(Shape shape, double x, double y) => shape switch
    {
        Shape.House => House(x, y),
        Shape.Tree => Tree(x, y),
        Shape.Boat => Boat(x, y),
        Shape.Flower => Flower(x, y),
        _ => IsInside(shape, x, y) ? ShapePart.Body : ShapePart.Outside,
    };

    private static bool IsInside(Shape shape, double x, double y) => shape switch
    {
        Shape.Circle => Radius(x, y) < 0.95,
        Shape.Square => Math.Max(Math.Abs(x), Math.Abs(y)) < 0.82,
        Shape.Triangle => y < 0.8 && y > -0.95 && Math.Abs(x) < (y + 0.95) * 0.56,
        Shape.Star => IsInPolygon(_starCorners, x, y),
        Shape.Heart => Heart(x * 1.25, -y * 1.25 + 0.1),
        Shape.Diamond => Math.Abs(x) * 1.25 + Math.Abs(y) < 0.98,
        Shape.Cross => Math.Min(Math.Abs(x), Math.Abs(y)) < 0.3 && Math.Max(Math.Abs(x), Math.Abs(y)) < 0.95,
        Shape.Ring => Radius(x, y) is > 0.55 and < 0.97,
        Shape.Moon => Radius(x, y) < 0.97 && Radius(x - 0.45, y + 0.1) > 0.78,
        Shape.Arrow => (x < 0.2 && x > -0.95 && Math.Abs(y) < 0.25) || (x >= 0.2 && Math.Abs(y) < (0.95 - x) * 0.95),
        _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, $"'{shape}' has no outline."),
    };

    private static ShapePart House(double x, double y)
    {
        bool door = Math.Abs(x) < 0.2 && y is > 0.25 and < 0.9;
        bool walls = Math.Abs(x) < 0.7 && y is > -0.2 and < 0.9;
        bool roof = y is > -0.95 and <= -0.2 && Math.Abs(x) < (y + 0.95) * 1.25;
        return door ? ShapePart.Detail : walls || roof ? ShapePart.Body : ShapePart.Outside;
    }

    private static ShapePart Tree(double x, double y)
    {
        bool crown = (y is > -0.97 and < -0.1 && Math.Abs(x) < (y + 0.97) * 0.7)
            || (y is > -0.5 and < 0.5 && Math.Abs(x) < (y + 0.5) * 0.8);
        bool trunk = Math.Abs(x) < 0.16 && y is >= 0.3 and < 0.95;
        return crown ? ShapePart.Body : trunk ? ShapePart.Detail : ShapePart.Outside;
    }

    private static ShapePart Boat(double x, double y)
    {
        bool hull = y is > 0.3 and < 0.85 && Math.Abs(x) < 0.95 - (y - 0.3) * 0.8;
        bool sail = y is > -0.95 and < 0.2 && x is > -0.1 and < 0.75 && x + 0.1 < (y + 0.95) * 0.75;
        bool mast = Math.Abs(x + 0.15) < 0.05 && y is > -0.95 and <= 0.3;
        return hull ? ShapePart.Body : sail || mast ? ShapePart.Detail : ShapePart.Outside;
    }

    private static ShapePart Flower(double x, double y)
    {
        if (Radius(x, y) < 0.3)
        {
            return ShapePart.Detail;
        }

        for (int petal = 0; petal < 6; petal++)
        {
            double angle = petal * Math.PI / 3;
            if (Radius(x - 0.58 * Math.Cos(angle), y - 0.58 * Math.Sin(angle)) < 0.36)
            {
                return ShapePart.Body;
            }
        }

        return ShapePart.Outside;
    }

    private static bool Heart(double x, double y)
    {
        double inner = x * x + y * y - 1;
        return inner * inner * inner - x * x * y * y * y < 0;
    }

    private static double Radius(double x, double y) => Math.Sqrt(x * x + y * y);

    private static (double X, double Y)[] StarCorners()
    {
        var corners = new (double X, double Y)[10];
        for (int i = 0; i < corners.Length; i++)
        {
            double radius = i % 2 == 0 ? 1 : 0.42, angle = -Math.PI / 2 + i * Math.PI / 5;
            corners[i] = (radius * Math.Cos(angle), radius * Math.Sin(angle));
        }

        return corners;
    }

    private static bool IsInPolygon((double X, double Y)[] corners, double x, double y)
    {
        bool inside = false;
        for (int i = 0, j = corners.Length - 1; i < corners.Length; j = i++)
        {
            var (ax, ay) = corners[i];
            var (bx, by) = corners[j];
            if (ay > y != by > y && x < (bx - ax) * (y - ay) / (by - ay) + ax)
            {
                inside = !inside;
            }
        }

        return inside;
    }
}
