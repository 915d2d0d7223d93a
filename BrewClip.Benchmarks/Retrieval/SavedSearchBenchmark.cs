using BenchmarkDotNet.Attributes;

namespace BrewClip.Benchmarks.Retrieval;

/// <summary>A query over an index on the disk.</summary>
public class SavedSearchBenchmark : WorkloadBenchmark
{
    [Params(100_000)]
    public int Count { get; set; }

    /// <summary>Whether every query opens the index first.</summary>
    [Params(false, true)]
    public bool Opens { get; set; }

    private protected override Workload Create() => new SavedSearchWorkload(Count, Opens);
}
