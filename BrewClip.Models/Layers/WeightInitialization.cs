using static TorchSharp.torch;

namespace BrewClip.Models.Layers;

/// <summary>Fills the parameters of a fresh network by their names, from one seeded source of random numbers.</summary>
internal static class WeightInitialization
{
    /// <summary>Calls <paramref name="fill"/> for every parameter of a state dictionary, in the order of their names.</summary>
    /// <param name="module">The network, on the CPU.</param>
    /// <param name="seed">Equal seeds give equal weights with the same libtorch.</param>
    /// <param name="fill">Gets the checkpoint's name, a view of the parameter, and the source.</param>
    public static void Fill(nn.Module module, long seed, Action<string, Tensor, Generator> fill)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var generator = new Generator(unchecked((ulong)seed), CPU);
        foreach (var (name, tensor) in module.state_dict().OrderBy(item => item.Key, StringComparer.Ordinal))
        {
            fill(name, tensor.detach(), generator);
        }
    }

    /// <summary>Whether the parameter is that of a norm, by the last-but-one part of its name.</summary>
    public static bool IsNorm(string name) =>
        name.Split('.') is [.., var owner, _] && owner.Contains("norm", StringComparison.Ordinal);

    /// <summary>1 for a norm's weight, 0 for its bias.</summary>
    public static void FillNorm(string name, Tensor tensor) => tensor.fill_(name.EndsWith(".weight", StringComparison.Ordinal) ? 1 : 0);

    /// <summary>Uniform within ±1 / √fan-in: how PyTorch starts linear and convolutional weights, and their biases.</summary>
    public static void FillAsPyTorch(Tensor tensor, long fanIn, Generator generator)
    {
        double bound = 1 / Math.Sqrt(fanIn);
        nn.init.uniform_(tensor, -bound, bound, generator);
    }
}
