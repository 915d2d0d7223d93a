using TorchSharp.Modules;
using static TorchSharp.torch;

namespace BrewClip.Training.Tasks;

/// <summary>The parameters of a module that learn.</summary>
public static class TrainableParameters
{
    /// <summary>Those with a gradient, by the module's own names (not a checkpoint's), in the order of the names.</summary>
    public static IReadOnlyList<(string Name, Parameter Parameter)> Of(nn.Module module) =>
        [.. module.named_parameters().Where(item => item.parameter.requires_grad).OrderBy(item => item.name, StringComparer.Ordinal)];
}
