namespace TorchSharp;

/// <summary>Kinds of device; the numbers are libtorch's.</summary>
public enum DeviceType
{
    /// <summary>The processor.</summary>
    CPU = 0,

    /// <summary>NVIDIA GPUs.</summary>
    CUDA = 1,

    /// <summary>oneDNN, explicit.</summary>
    MKLDNN = 2,

    /// <summary>OpenGL.</summary>
    OPENGL = 3,

    /// <summary>OpenCL.</summary>
    OPENCL = 4,

    /// <summary>IDEEP.</summary>
    IDEEP = 5,

    /// <summary>AMD GPUs.</summary>
    HIP = 6,

    /// <summary>FPGA.</summary>
    FPGA = 7,

    /// <summary>Microsoft Maia, once named ORT.</summary>
    MSNPU = 8,

    /// <summary>XLA.</summary>
    XLA = 9,

    /// <summary>Apple GPUs.</summary>
    MPS = 13,

    /// <summary>Shapes without data.</summary>
    META = 14,
}

public static partial class torch
{
    /// <summary>Where a tensor's data is: a kind of device and its index, -1 for the current one. Immutable.</summary>
    public class Device
    {
        /// <summary>From a description such as "cpu", "cuda" or "cuda:1".</summary>
        /// <exception cref="ArgumentException">The description names no device.</exception>
        public Device(string description)
        {
            string[] parts = description.Split(':');
            type = Parse(parts[0]);
            if (parts.Length == 1) return;
            if (parts.Length > 2 || !int.TryParse(parts[1], out int number) || number < 0)
                throw new ArgumentException($"'{description}' is no device: write 'cpu', 'cuda' or 'cuda:0'.", nameof(description));
            index = number;
        }

        /// <summary>From the name of a kind and an index.</summary>
        /// <exception cref="ArgumentException">The name is no kind of device.</exception>
        public Device(string deviceType, int index = -1)
        {
            type = Parse(deviceType);
            this.index = index;
        }

        /// <summary>From a kind and an index.</summary>
        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = index;
        }

        /// <summary>The CUDA device of the given index.</summary>
        public Device(int index)
            : this(DeviceType.CUDA, index)
        {
        }

        /// <summary>The kind of device.</summary>
        public DeviceType type { get; }

        /// <summary>The index among devices of its kind; -1 is the current one.</summary>
        public int index { get; } = -1;

        /// <summary>The description that makes the same device.</summary>
        public override string ToString()
        {
            string kind = type.ToString().ToLowerInvariant();
            return type == DeviceType.CPU || index == -1 ? kind : $"{kind}:{index}";
        }

        /// <summary>From a description such as "cuda:1".</summary>
        public static implicit operator Device(string description) => new(description);

        private static DeviceType Parse(
            string name) => Enum.TryParse(name, ignoreCase: true, out DeviceType kind) && !int.TryParse(name, out _)
            ? kind
            : throw new ArgumentException($"'{name}' is no device: write 'cpu', 'cuda' or 'cuda:0'.", nameof(name));
    }

    /// <summary>The processor.</summary>
    public static readonly Device CPU = new(DeviceType.CPU);

    /// <summary>Shapes without data.</summary>
    public static readonly Device META = new(DeviceType.META);

    /// <summary>The current CUDA device.</summary>
    public static Device CUDA { get; } = new(DeviceType.CUDA);

    /// <summary>A device from a description such as "cpu" or "cuda:0".</summary>
    public static Device device(string description) => new(description);

    /// <summary>A device from the name of its kind and an index.</summary>
    public static Device device(string deviceType, int index = -1) => new(deviceType, index);

    /// <summary>A device from its kind and an index.</summary>
    public static Device device(DeviceType deviceType, int index = -1) => new(deviceType, index);

    /// <summary>The CUDA device of the given index.</summary>
    public static Device device(int index) => new(DeviceType.CUDA, index);
}
