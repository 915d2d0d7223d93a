using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace BrewClip.Benchmarks.Gpu;

/// <summary><c>-- gpu</c>: each kernel alone on a CUDA device, beside its floor and beside PyTorch on the same device.</summary>
internal static class GpuCommand
{
    /// <summary>What is said where there is no CUDA device.</summary>
    public const string NoDevice =
        "There is no CUDA device here, or this libtorch was built without CUDA: nothing was run. `gpu list` shows the kernels; "
        + "eng/gpu-benchmarks.sh builds for a GPU host.";

    /// <returns>The process's exit code.</returns>
    public static int Run(ReadOnlySpan<string> arguments)
    {
        if (arguments is ["list"])
        {
            foreach (var kernel in GpuKernels.All(KernelScale.Full))
            {
                Console.WriteLine($"{kernel.Name,-28}{kernel.Work}  ({string.Join(", ", kernel.Types)})");
            }

            return 0;
        }

        var options = GpuOptions.Parse(arguments);
        bool parity = options.Names is ["parity"];
        var kernels = parity ? [] : GpuKernels.Named(options.Names);
        if (!cuda.is_available())
        {
            Console.WriteLine(NoDevice);
            return 0;
        }

        return parity ? Parity() : Measure(options, kernels, string.Join(' ', ["gpu", .. arguments]));
    }

    private static int Parity()
    {
        var differences = GpuParity.Compare(CPU, CUDA);
        foreach (var difference in differences)
        {
            string verdict = difference.Holds ? "equal" : "UNEQUAL";
            string figures = $"difference {difference.Relative:E1}, allowed {difference.Allowed:E1}";
            Console.WriteLine($"{verdict,-10}{difference.Part,-32}{difference.Type,-10}{figures}");
        }

        return differences.All(difference => difference.Holds) ? 0 : 1;
    }

    private static int Measure(GpuOptions options, IReadOnlyList<GpuKernel> kernels, string command)
    {
        using var peer = GpuPeer.Start(options.Python);
        var ceilings = Enum.GetValues<ScalarType>().Where(type => type is ScalarType.Float32 or ScalarType.Float16 or ScalarType.BFloat16)
            .ToDictionary(type => type, type => DeviceCeiling.Measure(CUDA, type, KernelScale.Full));
        var namedCeilings = ceilings.ToDictionary(item => $"{item.Key}", item => item.Value);
        var rows = new List<GpuRow>();
        Console.WriteLine(peer.Missing is { } what ? $"PyTorch on the same device is missing: {what}" : $"Peer: {peer.Versions}");
        Console.WriteLine(GpuReport.Heads);
        foreach (var (kernel, type) in kernels.SelectMany(kernel => kernel.Types.Select(type => (kernel, type))))
        {
            var row = Row(kernel, type, ceilings[type], peer);
            rows.Add(row);
            Console.WriteLine(GpuReport.Line(row));
            if (options.Out is { } folder)
            {
                new GpuReport(Machine.Here(), peer.Versions, command, namedCeilings, rows).Write(folder);
            }
        }

        return 0;
    }

    private static GpuRow Row(GpuKernel kernel, ScalarType type, DeviceCeiling ceiling, GpuPeer peer)
    {
        double floor = kernel.Floor(type, ceiling);
        try
        {
            double ours;
            using (var run = kernel.Prepare(CUDA, type))
            {
                ours = DeviceTiming.Milliseconds(CUDA, run.Run, KernelScale.Full);
            }

            return new GpuRow(kernel.Name, kernel.Work, $"{type}", ours, floor, peer.Milliseconds(kernel, type), null);
        }
        catch (Exception exception) when (exception is ExternalException or InvalidOperationException)
        {
            // A device too small, or a type that this libtorch lacks there: the other rows are still worth having.
            return new GpuRow(kernel.Name, kernel.Work, $"{type}", null, floor, null, exception.Message.Split('\n')[0]);
        }
    }
}
