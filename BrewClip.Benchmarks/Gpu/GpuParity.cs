using BrewClip.Models.Layers;
using static TorchSharp.torch;

namespace BrewClip.Benchmarks.Gpu;

/// <summary>How far a network's results on one device are from those on another.</summary>
/// <param name="Part">The network.</param>
/// <param name="Type">Element type on the second device; the first computes float32.</param>
/// <param name="Relative">The norm of the difference over that of the result.</param>
/// <param name="Allowed">What is allowed in this type.</param>
internal sealed record ParityResult(string Part, ScalarType Type, double Relative, double Allowed)
{
    public bool Holds => Relative <= Allowed;
}

/// <summary>The same networks with the same weights and inputs on two devices.</summary>
internal static class GpuParity
{
    // Products of float32 may use other summation orders; halves carry 11 and 8 bits through a dozen layers.
    private static readonly (ScalarType Type, double Allowed)[] _types =
        [(ScalarType.Float32, 1e-4), (ScalarType.Float16, 2e-2), (ScalarType.BFloat16, 1e-1)];

    /// <summary>Compares every network in every type that the second device computes.</summary>
    public static IReadOnlyList<ParityResult> Compare(Device first, Device second)
    {
        var results = new List<ParityResult>();
        foreach (var (type, allowed) in _types.Where(item => item.Type == ScalarType.Float32 || second.type == TorchSharp.DeviceType.CUDA))
        {
            foreach (var part in ParityParts.All)
            {
                results.Add(new ParityResult(part.Name, type, Difference(part, first, second, type), allowed));
            }
        }

        return results;
    }

    private static double Difference(ParityPart part, Device first, Device second, ScalarType type)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var network = part.Create(new ParameterOptions(ScalarType.Float32, first, RequiresGradient: false));
        PublishedSize.Filled(network);
        var expected = part.Run(network, first).cpu().to(ScalarType.Float32);
        using var other = part.Create(new ParameterOptions(type, second, RequiresGradient: false));
        var weights = network.state_dict();
        foreach (var (name, tensor) in other.state_dict())
        {
            tensor.detach().copy_(weights[name].detach());
        }

        other.eval();
        var actual = part.Run(other, second).cpu().to(ScalarType.Float32);
        return (actual - expected).norm().item<float>() / expected.norm().item<float>();
    }
}
