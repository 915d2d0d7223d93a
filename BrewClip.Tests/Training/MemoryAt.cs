using BrewClip.Training.Logging;

namespace BrewClip.Tests.Training;

/// <summary>What a run holds at some of its steps: live tensors, bytes of managed objects, bytes of the process.</summary>
internal sealed class MemoryAt(params int[] steps) : ITrainingObserver
{
    public Dictionary<long, long> Tensors { get; } = [];

    public Dictionary<long, long> Managed { get; } = [];

    public Dictionary<long, long> Resident { get; } = [];

    public void Stepped(StepReport report)
    {
        if (steps.Contains((int)report.Step))
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Managed[report.Step] = GC.GetTotalMemory(forceFullCollection: true);
            (Tensors[report.Step], Resident[report.Step]) = (TorchSharp.torch.Tensor.TotalCount, Environment.WorkingSet);
        }
    }

    /// <summary>As many tensors as before, and no more memory than allocators keep in reserve.</summary>
    public void AssertSteady(long from, long to)
    {
        Assert.Equal(Tensors[from], Tensors[to]);
        Assert.InRange(Managed[to] - Managed[from], long.MinValue, 1 << 20);
        Assert.InRange(Resident[to] - Resident[from], long.MinValue, 32 << 20);
    }
}
