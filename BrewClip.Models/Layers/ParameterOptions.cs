using TorchSharp.Modules;
using static TorchSharp.torch;

namespace BrewClip.Models.Layers;

/// <summary>
/// What a network's parameters are made of. They are allocated and never initialised: whoever builds a network fills every one of them,
/// so that a model of three gigabytes costs no random numbers and no second copy.
/// </summary>
/// <param name="Type">Element type of every parameter.</param>
/// <param name="Device">Where they live.</param>
/// <param name="RequiresGradient">False for the frozen networks of BrewCLIP.</param>
internal readonly record struct ParameterOptions(ScalarType Type, Device Device, bool RequiresGradient)
{
    /// <summary>A parameter of unspecified contents, owned by the module that registers it and by no dispose scope.</summary>
    public Parameter Allocate(params long[] shape)
    {
        var parameter = nn.Parameter(empty(shape, dtype: Type, device: Device), requires_grad: RequiresGradient);
        parameter.DetachFromDisposeScope();
        return parameter;
    }
}
