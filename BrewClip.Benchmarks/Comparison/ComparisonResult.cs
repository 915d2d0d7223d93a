namespace BrewClip.Benchmarks.Comparison;

/// <summary>What a contest gave.</summary>
/// <param name="Name">The contest's.</param>
/// <param name="Work">What was done.</param>
/// <param name="Items">Items of one run: utterances, images, rows.</param>
/// <param name="Times">Our milliseconds in each round.</param>
/// <param name="Peers">The peer in each variant.</param>
internal sealed record ComparisonResult(string Name, string Work, int Items, IReadOnlyList<double> Times, IReadOnlyList<PeerResult> Peers)
{
    public double Median => RatioEstimate.Median(Times);
}

/// <summary>A peer in one variant.</summary>
/// <param name="Variant">How it was started.</param>
/// <param name="Versions">What it ran on.</param>
/// <param name="Times">Its milliseconds in each round; empty where it is missing.</param>
/// <param name="Ratio">Our time over its; null where it is missing.</param>
/// <param name="Missing">What is missing; null where it ran.</param>
internal sealed record PeerResult(string Variant, string Versions, IReadOnlyList<double> Times, RatioEstimate? Ratio, string? Missing)
{
    public double? Median => Times.Count == 0 ? null : RatioEstimate.Median(Times);
}
