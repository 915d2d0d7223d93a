using System.Globalization;

namespace BrewClip.Benchmarks.Plots;

/// <summary>Values to pixels, each factor of ten as long as the next.</summary>
internal sealed class LogarithmicAxis
{
    private readonly double _low, _high, _from, _to;

    /// <param name="values">All values to be shown, above 0.</param>
    /// <param name="from">The pixel of the low end.</param>
    /// <param name="to">The pixel of the high end.</param>
    /// <exception cref="ArgumentException">There are none, or one is not above 0.</exception>
    public LogarithmicAxis(IReadOnlyCollection<double> values, double from, double to)
    {
        if (values.Count == 0 || !values.All(value => value > 0 && double.IsFinite(value)))
        {
            throw new ArgumentException("A logarithmic axis shows finite values above 0, and at least one.");
        }

        (_from, _to) = (from, to);
        (_low, _high) = (Math.Log10(Below(values.Min())), Math.Log10(Above(values.Max())));
    }

    /// <summary>Where lines and numbers stand: 1, 2 and 5 of every ten, or the tens alone where there are many.</summary>
    public IEnumerable<double> Ticks
    {
        get
        {
            double[] steps = _high - _low > 2.5 ? [1] : [1, 2, 5];
            for (int decade = (int)Math.Floor(_low); decade <= Math.Ceiling(_high); decade++)
            {
                foreach (double step in steps)
                {
                    double value = step * Math.Pow(10, decade);
                    if (Math.Log10(value) >= _low - 1e-9 && Math.Log10(value) <= _high + 1e-9)
                    {
                        yield return value;
                    }
                }
            }
        }
    }

    /// <summary>The pixel of a value.</summary>
    public double At(double value) => _from + (_to - _from) * (Math.Log10(value) - _low) / Math.Max(_high - _low, 1e-9);

    /// <summary>A tick's number.</summary>
    public static string Label(double value) =>
        value >= 1000 && Math.Abs(value % 1000) < 1e-6
            ? value >= 1e6 && Math.Abs(value % 1e6) < 1e-6 ? $"{value / 1e6:0} M" : $"{value / 1e3:0} k"
            : value.ToString("0.####", CultureInfo.InvariantCulture);

    // The round values of 1, 2 or 5 on either side.
    private static double Below(double value) => Round(value, steps => steps.Last(step => step <= value * (1 + 1e-9)));

    private static double Above(double value) => Round(value, steps => steps.First(step => step >= value * (1 - 1e-9)));

    private static double Round(double value, Func<double[], double> choose)
    {
        double decade = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return choose([0.5 * decade, decade, 2 * decade, 5 * decade, 10 * decade]);
    }
}
