using TorchSharp.Interop;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>What Adam and AdamW share: one update, which differs in where the weight decay comes in.</summary>
public abstract class AdamOptimizer : OptimizerHelper, IBetas
{
    private static readonly Operator Times = new("mul_", "Scalar"), Plus = new("add_", "Tensor"), PlusScalar = new("add_", "Scalar");
    private static readonly Operator PlusProduct = new("addcmul_"), PlusQuotient = new("addcdiv_"), Over = new("div_", "Scalar");
    private static readonly Operator Sum = new("add", "Tensor"), Negative = new("neg"), Root = new("sqrt"), Larger = new("maximum", "out");

    private readonly AdamSettings _settings;

    private protected AdamOptimizer(AdamSettings defaults)
    {
        Check(defaults.LearningRate >= 0, "lr", defaults.LearningRate, "0 or more");
        Check(defaults.eps >= 0, nameof(defaults.eps), defaults.eps, "0 or more");
        Check(defaults.beta1 is >= 0 and < 1, nameof(defaults.beta1), defaults.beta1, "from 0 to below 1");
        Check(defaults.beta2 is >= 0 and < 1, nameof(defaults.beta2), defaults.beta2, "from 0 to below 1");
        Check(defaults.weight_decay >= 0, nameof(defaults.weight_decay), defaults.weight_decay, "0 or more");
        _settings = defaults;
        _defaults = defaults;
        defaults.InitialLearningRate = defaults.LearningRate!.Value;
    }

    /// <summary>The defaults' decay rates; groups that exist already keep theirs.</summary>
    public (double, double) Betas
    {
        get => (_settings.beta1!.Value, _settings.beta2!.Value);
        set => (_settings.beta1, _settings.beta2) = (value.Item1, value.Item2);
    }

    private protected abstract bool DecoupledDecay { get; }

    /// <inheritdoc/>
    public override Tensor? step(Func<Tensor>? closure = null) => _step<ParamGroup>(Update, closure);

    private protected void Add(ParamGroup group, AdamSettings settings, Func<Parameter, AdamMoments> momentsOf)
    {
        settings.FillFrom(_settings);
        base.Add(group, momentsOf);
    }

    private void Update(ParamGroup group)
    {
        var settings = (AdamSettings)group.Options;
        foreach (var parameter in group.Parameters)
        {
            using var gradient = parameter.grad;
            if (gradient is not null)
            {
                Update(parameter, gradient, (AdamMoments)StateOf(parameter), settings);
            }
        }
    }

    private void Update(Parameter parameter, Tensor gradient, AdamMoments moments, AdamSettings settings)
    {
        moments.step++;
        var update = AdamUpdate.Of(settings, moments.step, DecoupledDecay);
        if (!update.TryFused(parameter, gradient, moments))
        {
            UpdateByOperators(parameter, gradient, moments, update);
        }
    }

    private static void UpdateByOperators(Parameter parameter, Tensor gradient, AdamMoments moments, in AdamUpdate update)
    {
        using var negated = update.Maximize ? Negative.Call(gradient) : null;
        var direction = negated ?? gradient;
        using var decayed = update.GradientDecay != 0 ? Sum.Call(direction, parameter, update.GradientDecay) : null;
        direction = decayed ?? direction;
        if (update.WeightFactor != 1)
        {
            Times.Apply(parameter, update.WeightFactor);
        }
        Times.Apply(moments.exp_avg, update.Beta1);
        Plus.Apply(moments.exp_avg, direction, 1 - update.Beta1);
        Times.Apply(moments.exp_avg_sq, update.Beta2);
        PlusProduct.Apply(moments.exp_avg_sq, direction, direction, 1 - update.Beta2);
        if (moments.max_exp_avg_sq is { } maximum)
        {
            // maximum.out writes its last argument.
            Larger.Call(maximum, moments.exp_avg_sq, maximum).Dispose();
        }
        using var denominator = Root.Call(moments.max_exp_avg_sq ?? moments.exp_avg_sq);
        Over.Apply(denominator, update.RootCorrection);
        PlusScalar.Apply(denominator, update.Epsilon, 1);
        PlusQuotient.Apply(parameter, moments.exp_avg, denominator, -update.StepSize);
    }

    private static void Check(bool right, string what, double? value, string range)
    {
        if (!right)
        {
            throw new ArgumentException($"{what} is {value}: it has to be {range}.", what);
        }
    }
}
