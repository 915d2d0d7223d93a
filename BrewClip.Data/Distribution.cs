namespace BrewClip.Data;

/// <summary>The spread of a quantity over records.</summary>
/// <param name="Count">Values that were counted.</param>
/// <param name="Total">Their sum.</param>
/// <param name="Minimum">The smallest; 0 of none.</param>
/// <param name="Maximum">The largest; 0 of none.</param>
public readonly record struct Distribution(long Count, double Total, double Minimum, double Maximum)
{
    /// <summary>Total by count; 0 of none.</summary>
    public double Mean => Count == 0 ? 0 : Total / Count;

    /// <summary>This distribution with one more value.</summary>
    public Distribution With(double value) => Count == 0
        ? new Distribution(1, value, value, value)
        : new Distribution(Count + 1, Total + value, Math.Min(Minimum, value), Math.Max(Maximum, value));
}
