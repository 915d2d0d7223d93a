using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>NVIDIA GPUs, where libtorch was built with CUDA.</summary>
    public static partial class cuda
    {
        /// <summary>Whether there is a CUDA device that this libtorch can use.</summary>
        public static bool is_available() => device_count() > 0;

        /// <summary>How many CUDA devices there are.</summary>
        public static int device_count() => NativeMethods.brew_cuda_device_count();

        /// <summary>Seeds the random numbers of the GPUs; the CPU's stay as they are. Without a GPU nothing happens.</summary>
        public static void manual_seed(long seed) => manual_seed_all(seed);

        /// <summary>Seeds the random numbers of all GPUs; the CPU's stay as they are. Without a GPU nothing happens.</summary>
        public static void manual_seed_all(long seed)
        {
            if (!is_available()) return;
            using var cpu = random.get_rng_state();
            random.manual_seed(seed).Dispose();
            random.set_rng_state(cpu);
        }

        /// <summary>Waits until the device has done all that was asked of it.</summary>
        /// <exception cref="InvalidOperationException">This libtorch or machine has no such device.</exception>
        public static void synchronize(Device? device = null)
        {
            InitializeDevice(device ?? CUDA);
            NativeMethods.Check(NativeMethods.brew_cuda_synchronize(device?.index ?? -1));
        }
    }

    /// <summary>Whether there is a CUDA device that this libtorch can use.</summary>
    public static bool cuda_is_available() => cuda.is_available();

    /// <summary>Whether tensors can be on this kind of device here.</summary>
    public static bool TryInitializeDeviceType(DeviceType deviceType) =>
        deviceType is DeviceType.CPU or DeviceType.META || (deviceType == DeviceType.CUDA && cuda.is_available());

    /// <summary>Makes sure that tensors can be on this kind of device here.</summary>
    /// <exception cref="InvalidOperationException">They cannot.</exception>
    public static void InitializeDeviceType(DeviceType deviceType)
    {
        if (!TryInitializeDeviceType(deviceType))
            throw new InvalidOperationException($"Torch device type {deviceType} did not initialise on the current machine.");
    }

    /// <summary>Makes sure that tensors can be on this device here; null is the CPU. Returns it.</summary>
    /// <exception cref="InvalidOperationException">They cannot.</exception>
    public static Device InitializeDevice(Device? device)
    {
        if (device is null) return CPU;
        InitializeDeviceType(device.type);
        return device;
    }

    /// <summary>How many threads libtorch's parallel loops use.</summary>
    public static int get_num_threads() => NativeMethods.brew_get_threads();

    /// <summary>Sets how many threads libtorch's parallel loops use.</summary>
    public static void set_num_threads(int num) => NativeMethods.Check(NativeMethods.brew_set_threads(num));
}
