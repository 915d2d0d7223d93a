using System.Runtime.InteropServices;
using BrewClip.Core.Checkpoints;
using static TorchSharp.torch;

namespace BrewClip.Tests.Models;

/// <summary>Tensors of golden files.</summary>
internal static class GoldenTensors
{
    public static Tensor Float(this SafetensorsFile file, string name) => tensor(file.ReadFloat32(name), [.. file.Tensors[name].Shape]);

    public static Tensor Long(this SafetensorsFile file, string name) => tensor(file.Longs(name), [.. file.Tensors[name].Shape]);

    public static long[] Longs(this SafetensorsFile file, string name) => MemoryMarshal.Cast<byte, long>(file.GetBytes(name)).ToArray();
}
