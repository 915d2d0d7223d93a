namespace BrewClip.Benchmarks.Comparison;

/// <summary>The ratio of two medians, with the interval that 95 of 100 resamplings of the rounds fall into.</summary>
/// <param name="Ratio">Our median over the peer's.</param>
/// <param name="Low">2.5 % of resampled ratios are lower.</param>
/// <param name="High">2.5 % of resampled ratios are higher.</param>
internal sealed record RatioEstimate(double Ratio, double Low, double High)
{
    private const int Resamplings = 2000;

    /// <param name="ours">Our time in each round.</param>
    /// <param name="peers">The peer's time in the same rounds.</param>
    /// <exception cref="ArgumentException">There are no rounds, or not equally many.</exception>
    public static RatioEstimate Of(IReadOnlyList<double> ours, IReadOnlyList<double> peers)
    {
        if (ours.Count == 0 || ours.Count != peers.Count)
        {
            throw new ArgumentException(
                $"{ours.Count} of our times stand beside {peers.Count} of the peer's: the rounds must be the same, and at least one.");
        }

        // Rounds are drawn, not times: what disturbed a round disturbed both.
        var random = new Random(1);
        var ratios = new double[Resamplings];
        double[] left = new double[ours.Count], right = new double[ours.Count];
        for (int i = 0; i < Resamplings; i++)
        {
            for (int round = 0; round < left.Length; round++)
            {
                int drawn = random.Next(left.Length);
                (left[round], right[round]) = (ours[drawn], peers[drawn]);
            }

            ratios[i] = Median(left) / Median(right);
        }

        Array.Sort(ratios);
        return new RatioEstimate(Median(ours) / Median(peers), ratios[Resamplings / 40], ratios[^(Resamplings / 40 + 1)]);
    }

    /// <summary>The middle value, or the mean of the middle two.</summary>
    public static double Median(IReadOnlyList<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
