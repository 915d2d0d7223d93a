using static TorchSharp.torch;

namespace BrewClip.Benchmarks.Gpu;

/// <summary>What a device was measured to give at best.</summary>
/// <param name="OperationsPerSecond">Of one large square product.</param>
/// <param name="BytesPerSecond">Read and written by one large copy.</param>
internal sealed record DeviceCeiling(double OperationsPerSecond, double BytesPerSecond)
{
    /// <summary>Measures a device.</summary>
    /// <param name="device">Which.</param>
    /// <param name="type">Element type of the product.</param>
    /// <param name="scale">The size of product and copy.</param>
    public static DeviceCeiling Measure(Device device, ScalarType type, KernelScale scale)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        long side = scale == KernelScale.Full ? 8192 : 64, bytes = scale == KernelScale.Full ? 1L << 31 : 1 << 12;
        var (left, right) = (randn([side, side], device: device).to(type), randn([side, side], device: device).to(type));
        double product = DeviceTiming.Milliseconds(device, () => left.mm(right).Dispose(), scale);
        var (source, target) = (zeros([bytes / 4], device: device), zeros([bytes / 4], device: device));
        double copy = DeviceTiming.Milliseconds(device, () => target.copy_(source), scale);
        return new DeviceCeiling(2e3 * side * side * side / product, 2e3 * bytes / copy);
    }
}
