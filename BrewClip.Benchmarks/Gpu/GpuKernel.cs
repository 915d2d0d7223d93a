using static TorchSharp.torch;

namespace BrewClip.Benchmarks.Gpu;

/// <summary>One kernel, alone: its sizes, the least that it must read, write and compute, and the code that runs it.</summary>
internal abstract record GpuKernel
{
    /// <summary>What it is asked for by, such as <c>attention/1500/fused</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it does, with its sizes, in words.</summary>
    public required string Work { get; init; }

    /// <summary>The element types that it is computed in.</summary>
    public virtual IReadOnlyList<ScalarType> Types { get; } = [ScalarType.Float32, ScalarType.Float16, ScalarType.BFloat16];

    /// <summary>Floating-point operations of products, two for a multiplication with its addition; 0 where there are none.</summary>
    public abstract double Operations { get; }

    /// <summary>Bytes that go through memory at the least: every input read and every output written once.</summary>
    /// <param name="elementSize">Bytes of an element.</param>
    public abstract double Bytes(int elementSize);

    /// <summary>The function of Peers/gpu_kernels.py that does the same, with its sizes.</summary>
    public abstract IReadOnlyList<string> Peer { get; }

    /// <summary>Makes the inputs on a device.</summary>
    /// <returns>What runs the kernel once, without waiting for the device, and disposes of its inputs.</returns>
    public KernelRun Prepare(Device device, ScalarType type)
    {
        using var scope = NewDisposeScope();
        return Create(device, type);
    }

    /// <summary>The least milliseconds that a device of these ceilings can take.</summary>
    public double Floor(ScalarType type, DeviceCeiling ceiling) =>
        1000 * Math.Max(Bytes(ElementSize(type)) / ceiling.BytesPerSecond, Operations / ceiling.OperationsPerSecond);

    /// <summary>As <see cref="Prepare"/>: what is not detached from the dispose scope is gone afterwards.</summary>
    protected abstract KernelRun Create(Device device, ScalarType type);

    /// <summary>Bytes of an element.</summary>
    public static int ElementSize(ScalarType type) => type == ScalarType.Float32 ? 4 : 2;
}

/// <summary>A kernel with its inputs.</summary>
/// <param name="run">Runs it once.</param>
/// <param name="inputs">Disposed with this.</param>
internal sealed class KernelRun(Action run, params IDisposable[] inputs) : IDisposable
{
    public void Run() => run();

    public void Dispose()
    {
        foreach (var input in inputs)
        {
            input.Dispose();
        }
    }
}
