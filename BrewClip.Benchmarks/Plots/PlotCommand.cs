using BrewClip.Benchmarks.Comparison;
using BrewClip.Benchmarks.Growth;
using BrewClip.Core.Images;

namespace BrewClip.Benchmarks.Plots;

/// <summary><c>-- plot</c>: what <c>compare</c> and <c>growth</c> wrote, as PNG.</summary>
internal static class PlotCommand
{
    private const string Usage = "plot RESULTS.json --out FOLDER, of what compare or growth wrote";

    /// <returns>The process's exit code.</returns>
    public static int Run(ReadOnlySpan<string> arguments)
    {
        if (arguments is not [var results, "--out", var folder])
        {
            throw new ArgumentException($"Usage: {Usage}");
        }

        Directory.CreateDirectory(folder);
        foreach (var (name, canvas) in Plots(results))
        {
            string path = Path.Combine(folder, name + ".png");
            PngWriter.Write(path, canvas.ToImage());
            Console.WriteLine(path);
        }

        return 0;
    }

    /// <summary>Each plot with its file's name.</summary>
    public static IEnumerable<(string Name, Canvas Canvas)> Plots(string results) => Path.GetFileName(results) == GrowthReport.JsonName
        ? GrowthReport.Read(results).Series.Select(series => (series.Name, GrowthPlot.Draw(series)))
        : [("ratios", RatioPlot.Draw(ComparisonReport.Read(results)))];
}
