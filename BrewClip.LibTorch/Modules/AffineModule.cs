using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What layers of one weight and one bias share; the parameters survive the dispose scope that the layer is made in.</summary>
public abstract class AffineModule : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = nameof(weight))]
    private protected Parameter? _weight;

    [ComponentName(Name = nameof(bias))]
    private protected Parameter? _bias;

    private protected AffineModule(string name) : base(name)
    {
    }

    /// <summary>The weight; setting it disposes the one before.</summary>
    public Parameter weight
    {
        get => _weight!;
        set => Set(ref _weight, value ?? throw new ArgumentNullException(nameof(value), "A weight cannot be null."), nameof(weight));
    }

    /// <summary>The bias or null; setting it disposes the one before.</summary>
    public Parameter? bias
    {
        get => _bias;
        set => Set(ref _bias, value, nameof(bias));
    }

    // Linear and convolutions start alike: uniform within 1/sqrt(fan_in), the weight through kaiming_uniform_ with a = sqrt(5).
    private protected void InitializeAsLinear()
    {
        nn.init.kaiming_uniform_(weight, Math.Sqrt(5));
        var (fanIn, _) = nn.init.CalculateFanInAndFanOut(weight);
        if (bias is not null && fanIn > 0)
        {
            var bound = 1 / Math.Sqrt(fanIn);
            nn.init.uniform_(bias, -bound, bound);
        }
    }

    private void Set(ref Parameter? field, Parameter? value, string component)
    {
        if (ReferenceEquals(field, value))
        {
            return;
        }
        field?.Dispose();
        field = value;
        value?.DetachFromDisposeScope();
        ConditionallyRegisterParameter(component, value);
    }
}
