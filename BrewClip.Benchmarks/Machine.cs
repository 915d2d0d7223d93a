using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using static TorchSharp.torch;

namespace BrewClip.Benchmarks;

/// <summary>What figures were taken on.</summary>
internal sealed record Machine(string Processor, int Processors, int Threads, string System, string Runtime, string Vectors)
{
    public static Machine Here() => new(
        Processor: Described("model name"),
        Processors: Environment.ProcessorCount,
        Threads: get_num_threads(),
        System: RuntimeInformation.OSDescription,
        Runtime: RuntimeInformation.FrameworkDescription,
        Vectors: Avx512F.IsSupported ? "AVX-512" : Avx2.IsSupported ? "AVX2" : "baseline");

    public override string ToString() => $"{Processor}, {Processors} processors, {Threads} threads, {Vectors}, {System}, {Runtime}";

    private static string Described(string key)
    {
        const string File = "/proc/cpuinfo";
        string? line = global::System.IO.File.Exists(File)
            ? global::System.IO.File.ReadLines(File).FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))
            : null;
        return line?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
