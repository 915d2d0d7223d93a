using System.Globalization;

namespace BrewClip.Benchmarks.Quick;

/// <summary>A workload's line of the quick table.</summary>
/// <param name="Work">What was done.</param>
/// <param name="Milliseconds">The shortest run.</param>
/// <param name="AllocatedBytes">Managed bytes of one run, on all threads.</param>
/// <param name="Operations">Of one run; 0 where they do not count.</param>
/// <param name="Bytes">Of one run; 0 where they do not count.</param>
internal sealed record QuickRow(string Work, double Milliseconds, double AllocatedBytes, double Operations, double Bytes)
{
    public const string Heads = "| work | ms | managed KB | GFLOP/s | GB/s | share of the ceiling |\n| --- | --- | --- | --- | --- | --- |";

    /// <summary>The larger of the two shares: the resource that bounds it, and how much of it is used.</summary>
    public double? Share(CpuCeiling ceiling) =>
        Operations == 0 && Bytes == 0
            ? null
            : 1000 / Milliseconds * Math.Max(Operations / ceiling.OperationsPerSecond, Bytes / ceiling.BytesPerSecond);

    public string ToMarkdown(CpuCeiling ceiling) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Work} | {Milliseconds:0.00} | {AllocatedBytes / 1024:0.0} | {Rate(Operations)} | {Rate(Bytes)} | {Share(ceiling):0 %} |");

    private string Rate(double amount) => amount == 0 ? "" : (amount / Milliseconds / 1e6).ToString("0.0", CultureInfo.InvariantCulture);
}
