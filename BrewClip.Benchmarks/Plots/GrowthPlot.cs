using BrewClip.Benchmarks.Growth;

namespace BrewClip.Benchmarks.Plots;

/// <summary>A cost by size, both logarithmic, and the dashed line that it would follow if it were proportional.</summary>
internal static class GrowthPlot
{
    private const int Width = 900, Height = 560, Left = 130, Right = 60, Top = 70, Bottom = 100, Dashes = 40;

    /// <exception cref="InvalidDataException">There are fewer than two points.</exception>
    public static Canvas Draw(GrowthSeries series)
    {
        if (series.Points.Count < 2)
        {
            throw new InvalidDataException($"'{series.Name}' has {series.Points.Count} points: a plot of growth needs two.");
        }

        var canvas = new Canvas(Width, Height);
        var points = series.Points;
        var sizes = new LogarithmicAxis([.. points.Select(point => point.Size)], Left, Width - Right);
        double proportional = points[0].Milliseconds * points[^1].Size / points[0].Size;
        var times = new LogarithmicAxis([proportional, .. points.Select(point => point.Milliseconds)], Height - Bottom, Top);
        Frame(canvas, series, sizes, times);
        Dashed(canvas, sizes.At(points[0].Size), times.At(points[0].Milliseconds), sizes.At(points[^1].Size), times.At(proportional));
        for (int i = 0; i < points.Count; i++)
        {
            double x = sizes.At(points[i].Size), y = times.At(points[i].Milliseconds);
            canvas.Dot(x, y, 6, Ink.Blue);
            if (i > 0)
            {
                canvas.Line(sizes.At(points[i - 1].Size), times.At(points[i - 1].Milliseconds), x, y, Ink.Blue, 3);
            }
        }

        return canvas;
    }

    private static void Frame(Canvas canvas, GrowthSeries series, LogarithmicAxis sizes, LogarithmicAxis times)
    {
        canvas.Text($"{series.Title}: milliseconds", 20, 20, Ink.Black);
        canvas.Text(series.Axis, Left + (Width - Left - Right - Canvas.TextWidth(series.Axis)) / 2.0, Height - 40, Ink.Black);
        foreach (double tick in sizes.Ticks)
        {
            string label = LogarithmicAxis.Label(tick);
            canvas.Line(sizes.At(tick), Top, sizes.At(tick), Height - Bottom, Ink.Light);
            canvas.Text(label, sizes.At(tick) - Canvas.TextWidth(label) / 2.0, Height - Bottom + 14, Ink.Black);
        }

        foreach (double tick in times.Ticks)
        {
            string label = LogarithmicAxis.Label(tick);
            canvas.Line(Left, times.At(tick), Width - Right, times.At(tick), Ink.Light);
            canvas.Text(label, Left - 14 - Canvas.TextWidth(label), times.At(tick) - 7, Ink.Black);
        }
    }

    private static void Dashed(Canvas canvas, double x0, double y0, double x1, double y1)
    {
        for (int i = 0; i < Dashes; i++)
        {
            double from = (double)i / Dashes, to = (i + 0.5) / Dashes;
            canvas.Line(x0 + from * (x1 - x0), y0 + from * (y1 - y0), x0 + to * (x1 - x0), y0 + to * (y1 - y0), Ink.Grey, 2);
        }
    }
}
