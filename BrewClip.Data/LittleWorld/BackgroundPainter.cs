namespace BrewClip.Data.LittleWorld;

/// <summary>Paints the places of Little World.</summary>
internal static class BackgroundPainter
{
    public static void Paint(Canvas canvas, Background background, DeterministicRandom random)
    {
        double phase = random.NextDouble();
        switch (background)
        {
            case Background.Beach:
                Bands(canvas, [(0.35, new(170, 215, 245)), (0.55, new(60, 140, 200)), (1, new(240, 220, 160))], phase, 0.01);
                break;
            case Background.Meadow:
                Bands(canvas, [(0.4, new(140, 205, 250)), (1, new(120, 200, 90))], phase, 0.015);
                break;
            case Background.Night:
                canvas.Fill((_, y) => new Paint(14, 16, 50).Towards(new Paint(40, 40, 95), y));
                Dots(canvas, new Paint(250, 250, 200), 24, 0.009, random);
                break;
            case Background.Snow:
                Bands(canvas, [(0.5, new(185, 195, 205)), (1, new(240, 244, 248))], phase, 0.01);
                Dots(canvas, new Paint(255, 255, 255), 40, 0.012, random);
                break;
            case Background.Desert:
                Bands(canvas, [(0.45, new(250, 200, 130)), (0.7, new(225, 165, 90)), (1, new(205, 140, 70))], phase, 0.06);
                break;
            case Background.Sea:
                canvas.Fill((x, y) => new Paint(35, 115, 185).Towards(
                    new Paint(130, 200, 230), 0.5 + 0.5 * Math.Sin(40 * y + 3 * Math.Sin(6.28 * (x * 2 + phase)))));
                break;
            case Background.Mountains:
                Mountains(canvas, phase);
                break;
            case Background.City:
                City(canvas, phase);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(background), background, $"'{background}' has no picture.");
        }
    }

    private static void Bands(Canvas canvas, (double Bottom, Paint Paint)[] bands, double phase, double wave) =>
        canvas.Fill((x, y) =>
        {
            double height = y + wave * Math.Sin(6.28 * (x * 1.5 + phase));
            foreach (var (bottom, paint) in bands)
            {
                if (height < bottom)
                {
                    return paint;
                }
            }

            return bands[^1].Paint;
        });

    private static void Dots(Canvas canvas, Paint paint, int count, double radius, DeterministicRandom random)
    {
        for (int i = 0; i < count; i++)
        {
            double x = random.NextDouble(), y = random.NextDouble();
            canvas.Draw(paint, x - radius, y - radius, x + radius, y + radius, (px, py) => Math.Abs(px - x) + Math.Abs(py - y) < radius);
        }
    }

    private static void Mountains(Canvas canvas, double phase) =>
        canvas.Fill((x, y) =>
        {
            double ridge = 0.25 + 0.35 * Math.Abs((x * 2 + phase) % 1 - 0.5) * 2;
            return y < ridge ? new Paint(205, 225, 240) : y < ridge + 0.1 ? Palette.Paper : new Paint(130, 135, 150);
        });

    private static void City(Canvas canvas, double phase) =>
        canvas.Fill((x, y) =>
        {
            int column = (int)Math.Floor((x + phase) * 6);
            double roof = 0.08 + 0.2 * ((column * 37 % 10 + 10) % 10) / 10;
            bool window = (x + phase) * 18 % 1 > 0.5 && y * 14 % 1 > 0.5;
            return y < roof ? new Paint(150, 160, 185) : window ? new Paint(235, 215, 130) : new Paint(75, 78, 92);
        });
}
