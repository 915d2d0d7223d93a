using BrewClip.Models.Layers;
using static TorchSharp.torch;

namespace BrewClip.Models.Loading;

/// <summary>The steps that loading any network shares: check everything that can be checked, then allocate, then fill.</summary>
internal static class ModelLoader
{
    /// <param name="folder">The model's folder.</param>
    /// <param name="options">Element type, device and strictness.</param>
    /// <param name="names">What its checkpoint may call its parameters.</param>
    /// <param name="expected">The parameters asked for.</param>
    /// <param name="others">Parameters of the parts that are not loaded.</param>
    /// <param name="build">Makes the network with parameters of unspecified contents.</param>
    /// <param name="state">The network's parameters under the hub's names.</param>
    /// <param name="fillAbsent">Gives an optional parameter that the file lacks its known values, row-major.</param>
    /// <param name="cancellation">Checked between blocks; the network is disposed then.</param>
    public static T Load<T>(
        string folder,
        ModelLoadingOptions options,
        CheckpointNames names,
        IEnumerable<ExpectedParameter> expected,
        IEnumerable<ExpectedParameter> others,
        Func<ParameterOptions, T> build,
        Func<T, Dictionary<string, Tensor>> state,
        Func<ExpectedParameter, float[]>? fillAbsent = null,
        CancellationToken cancellation = default)
        where T : nn.Module
    {
        var device = options.Device ?? CPU;
        ElementTypeSupport.Check(options.Type, device);
        using var reader = new CheckpointReader(folder, options);
        var plan = CheckpointPlan.Create(reader.File, names, expected, others.Select(parameter => parameter.Name), options.AllowUnexpected);
        var network = build(new ParameterOptions(options.Type, device, options.Trainable));
        try
        {
            using var scope = NewDisposeScope();
            var destinations = state(network);
            reader.Fill(plan, destinations, cancellation);
            foreach (var parameter in plan.Absent)
            {
                using var noGrad = no_grad();
                destinations[parameter.Name].copy_(tensor(fillAbsent!(parameter), parameter.Shape));
            }

            network.eval();
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }
}
