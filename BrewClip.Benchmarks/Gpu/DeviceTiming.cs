using System.Diagnostics;
using BrewClip.Benchmarks.Comparison;
using static TorchSharp.torch;

namespace BrewClip.Benchmarks.Gpu;

/// <summary>Time on a device: warm, many calls between two waits for it, the median of several such rounds.</summary>
internal static class DeviceTiming
{
    private const double RoundMilliseconds = 30;

    /// <summary>Milliseconds of one call.</summary>
    public static double Milliseconds(Device device, Action call, KernelScale scale)
    {
        int rounds = scale == KernelScale.Full ? 9 : 1;
        Time(device, call, scale == KernelScale.Full ? 3 : 1);
        double once = Time(device, call, 1);
        int calls = scale == KernelScale.Full ? (int)Math.Clamp(Math.Ceiling(RoundMilliseconds / once), 1, 10_000) : 1;
        return RatioEstimate.Median([.. Enumerable.Range(0, rounds).Select(_ => Time(device, call, calls))]);
    }

    /// <summary>Waits until the device has done all that was asked of it; the CPU does at once.</summary>
    public static void Wait(Device device)
    {
        if (device.type == TorchSharp.DeviceType.CUDA)
        {
            cuda.synchronize(device);
        }
    }

    private static double Time(Device device, Action call, int calls)
    {
        Wait(device);
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < calls; i++)
        {
            call();
        }

        Wait(device);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds / calls;
    }
}
