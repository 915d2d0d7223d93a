using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A module that holds neither parameters nor buffers: moves leave it as it is.</summary>
public abstract class ParameterLessModule<T1, TResult> : nn.Module<T1, TResult>
{
    /// <summary>Starts the module.</summary>
    protected ParameterLessModule(string name) : base(name)
    {
    }

    /// <inheritdoc/>
    protected internal override nn.Module _to(ScalarType dtype, bool non_blocking) => this;

    /// <inheritdoc/>
    protected internal override nn.Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) => this;

    /// <inheritdoc/>
    protected internal override nn.Module _to(Device device, ScalarType dtype, bool non_blocking) => this;

    /// <summary>Refuses: this module holds nothing.</summary>
    public override void register_buffer(string name, Tensor tensor, bool persistent = true) =>
        throw new InvalidOperationException($"{GetName()} holds no buffers: '{name}' cannot be registered.");

    /// <summary>Refuses: this module holds nothing.</summary>
    public override void register_parameter(string name, Parameter param) =>
        throw new InvalidOperationException($"{GetName()} holds no parameters: '{name}' cannot be registered.");
}
