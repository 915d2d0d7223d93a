using BenchmarkDotNet.Attributes;

namespace BrewClip.Benchmarks.Training;

/// <summary>A step of training over cached features; the peer is Peers/training_step.py.</summary>
public class TrainingStepBenchmark : WorkloadBenchmark
{
    [Params(64)]
    public int Batch { get; set; }

    private protected override Workload Create() => new TrainingStepWorkload(Batch);
}
