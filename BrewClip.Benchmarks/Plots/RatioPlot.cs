using BrewClip.Benchmarks.Comparison;

namespace BrewClip.Benchmarks.Plots;

/// <summary>
/// Our time over the peer's, a line for each contest: a dot at the ratio, a bar over its spread, and a line at 1 where both are equal.
/// </summary>
internal static class RatioPlot
{
    private const int RowHeight = 30, Top = 90, Bottom = 70, Right = 50, PlotWidth = 700;

    /// <exception cref="InvalidDataException">No contest had a peer.</exception>
    public static Canvas Draw(ComparisonReport report)
    {
        var results = report.Results.Where(result => result.Peers.Any(peer => peer.Ratio is not null)).ToArray();
        if (results.Length == 0)
        {
            throw new InvalidDataException("No contest had a peer to be compared with: there is nothing to plot.");
        }

        int left = results.Max(result => Canvas.TextWidth(result.Name)) + 30;
        var canvas = new Canvas(left + PlotWidth + Right, Top + results.Length * RowHeight + Bottom);
        var ratios = results.SelectMany(result => result.Peers).Where(peer => peer.Ratio is not null).Select(peer => peer.Ratio!).ToArray();
        var axis = new LogarithmicAxis(
            [1, .. ratios.Select(ratio => ratio.Low), .. ratios.Select(ratio => ratio.High)], left, left + PlotWidth);
        Frame(canvas, axis, left);
        for (int i = 0; i < results.Length; i++)
        {
            double y = Top + (i + 0.5) * RowHeight;
            canvas.Text(results[i].Name, left - 15 - Canvas.TextWidth(results[i].Name), y - 7, Ink.Black);
            canvas.Line(left, y, left + PlotWidth, y, Ink.Light);
            for (int variant = results[i].Peers.Count - 1; variant >= 0; variant--)
            {
                Mark(canvas, axis, results[i].Peers[variant].Ratio, y + (variant == 0 ? -4 : 5), variant == 0 ? Ink.Blue : Ink.Orange);
            }
        }

        return canvas;
    }

    private static void Frame(Canvas canvas, LogarithmicAxis axis, int left)
    {
        double bottom = canvas.Height - Bottom;
        canvas.Text("BrewClip's time over the peer's (1: equal, left: BrewClip is faster)", 15, 15, Ink.Black);
        canvas.Dot(left + 8, 60, 5, Ink.Blue);
        canvas.Text("the peer as installed", left + 22, 53, Ink.Blue);
        canvas.Dot(left + 328, 60, 5, Ink.Orange);
        canvas.Text("with BrewClip's sgemm_", left + 342, 53, Ink.Orange);
        foreach (double tick in axis.Ticks)
        {
            canvas.Line(axis.At(tick), Top, axis.At(tick), bottom, Ink.Light);
            string label = LogarithmicAxis.Label(tick);
            canvas.Text(label, axis.At(tick) - Canvas.TextWidth(label) / 2.0, bottom + 12, Ink.Black);
        }

        canvas.Line(axis.At(1), Top, axis.At(1), bottom, Ink.Black, 2);
    }

    private static void Mark(Canvas canvas, LogarithmicAxis axis, RatioEstimate? ratio, double y, Ink ink)
    {
        if (ratio is not null)
        {
            canvas.Line(axis.At(ratio.Low), y, axis.At(ratio.High), y, ink, 3);
            canvas.Dot(axis.At(ratio.Ratio), y, 5, ink);
        }
    }
}
