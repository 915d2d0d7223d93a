using BrewClip.Data;

namespace BrewClip.Training.Evaluation;

/// <summary>A mean with its percentile bootstrap interval (Efron 1979): where it would lie if other queries had been drawn.</summary>
/// <param name="Mean">The mean over all values.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
/// <param name="Level">The share of resamples within, 0.95 unless another was asked for.</param>
public sealed record BootstrapInterval(double Mean, double Low, double High, double Level)
{
    /// <summary>Resamples where none are asked for: ends move by about a hundredth of the interval's width between seeds.</summary>
    public const int DefaultResamples = 2_000;

    /// <summary>Resamples single values.</summary>
    /// <param name="values">One number for each query, such as 1 for a hit and 0 for a miss; at least one, all finite.</param>
    /// <param name="options">Level, resamples and seed; the defaults when null.</param>
    /// <exception cref="ArgumentException">There are no values, or one is not finite.</exception>
    public static BootstrapInterval Compute(IReadOnlyList<double> values, BootstrapOptions? options = null) =>
        Compute(Clusters(values, null), options ?? new BootstrapOptions());

    /// <summary>
    /// Resamples whole clusters: values that belong together, such as the five captions of an image or the recordings of one speaker, are
    /// drawn together, since they are not independent.
    /// </summary>
    /// <param name="values">One number for each query.</param>
    /// <param name="clusters">The cluster of each query, as many as values.</param>
    /// <param name="options">Level, resamples and seed; the defaults when null.</param>
    /// <exception cref="ArgumentException">The lists differ in length, are empty, or a value is not finite.</exception>
    public static BootstrapInterval ComputeClustered(
        IReadOnlyList<double> values, IReadOnlyList<string> clusters, BootstrapOptions? options = null) =>
        Compute(Clusters(values, clusters), options ?? new BootstrapOptions());

    private static (double Sum, int Count)[] Clusters(IReadOnlyList<double> values, IReadOnlyList<string>? clusters)
    {
        if (values.Count == 0 || (clusters is not null && clusters.Count != values.Count))
        {
            throw new ArgumentException(
                $"{values.Count} values and {clusters?.Count ?? values.Count} clusters are given: as many of both, at least one.");
        }

        if (values.Any(value => !double.IsFinite(value)))
        {
            throw new ArgumentException("A value is no finite number: it has no mean.", nameof(values));
        }

        return clusters is null
            ? [.. values.Select(value => (value, 1))]
            : [.. values.Zip(clusters).GroupBy(item => item.Second, StringComparer.Ordinal)
                .Select(group => (group.Sum(item => item.First), group.Count()))];
    }

    private static BootstrapInterval Compute((double Sum, int Count)[] clusters, BootstrapOptions options)
    {
        options.Validate();
        var random = DeterministicRandom.For(options.Seed, "bootstrap");
        var means = new double[options.Resamples];
        for (int i = 0; i < means.Length; i++)
        {
            double sum = 0;
            long count = 0;
            for (int j = 0; j < clusters.Length; j++)
            {
                var (drawnSum, drawnCount) = clusters[random.Next(clusters.Length)];
                sum += drawnSum;
                count += drawnCount;
            }

            means[i] = sum / count;
        }

        Array.Sort(means);
        double mean = clusters.Sum(cluster => cluster.Sum) / clusters.Sum(cluster => (long)cluster.Count);
        double tail = (1 - options.Level) / 2;
        return new BootstrapInterval(mean, Quantile(means, tail), Quantile(means, 1 - tail), options.Level);
    }

    // Linear between order statistics, as NumPy's default.
    private static double Quantile(double[] sorted, double share)
    {
        double position = share * (sorted.Length - 1);
        int below = (int)Math.Floor(position);
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
