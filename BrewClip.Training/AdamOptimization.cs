using TorchSharp.Modules;
using static TorchSharp.torch;

namespace BrewClip.Training;

/// <summary>One of the two Adams over named parameters, its moments reachable by those names so that a checkpoint can hold them.</summary>
public sealed class AdamOptimization : IDisposable
{
    private readonly OptimizerHelper _optimizer;
    private readonly List<(string Name, Parameter Parameter)> _ordered;

    internal AdamOptimization(AdamOptions options, IReadOnlyList<(string Name, Parameter Parameter)> parameters, double rate)
    {
        var decayed = parameters.Where(item => Decays(item.Parameter, options)).ToList();
        var others = parameters.Where(item => !Decays(item.Parameter, options)).ToList();
        _ordered = [.. decayed, .. others];
        (List<(string Name, Parameter Parameter)> Members, double Decay)[] groups =
            [.. new[] { (decayed, options.WeightDecay), (others, 0.0) }.Where(group => group.Item1.Count > 0)];
        _optimizer = options.Kind == AdamKind.Adam
            ? optim.Adam(groups.Select(group => new Adam.ParamGroup(
                [.. group.Members.Select(item => item.Parameter)], rate, options.Beta1, options.Beta2, options.Epsilon, group.Decay)))
            : optim.AdamW(groups.Select(group => new AdamW.ParamGroup(
                [.. group.Members.Select(item => item.Parameter)], rate, options.Beta1, options.Beta2, options.Epsilon, group.Decay)));
    }

    /// <summary>The parameters by name, in the optimizer's order.</summary>
    public IReadOnlyList<(string Name, Parameter Parameter)> Parameters => _ordered;

    /// <summary>Changes every parameter by its gradient.</summary>
    /// <param name="rate">The learning rate of this step.</param>
    public void Step(double rate)
    {
        foreach (var group in _optimizer.ParamGroups)
        {
            group.LearningRate = rate;
        }

        _optimizer.step();
    }

    /// <summary>Forgets all gradients.</summary>
    public void ZeroGradients() => _optimizer.zero_grad();

    /// <summary>Scales the gradients so that their common norm is at most <paramref name="limit"/>; null only measures.</summary>
    /// <returns>The norm before.</returns>
    public double ClipGradients(double? limit) =>
        nn.utils.clip_grad_norm_(_ordered.Select(item => item.Parameter), limit ?? double.MaxValue);

    /// <summary>Steps taken: those of the parameters that had gradients. One that never has any takes none.</summary>
    public long StepCount
    {
        get => _optimizer.state_dict().State.Select(state => Read(state).Step).DefaultIfEmpty(0).Max();
        set => SetStepCount(value);
    }

    /// <summary>A parameter's live moments: the decaying means of its gradient and of its square. Owned by the optimizer.</summary>
    /// <param name="position">Position in <see cref="Parameters"/>.</param>
    public (Tensor Mean, Tensor Square) Moments(int position)
    {
        var (_, mean, square) = Read(_optimizer.state_dict().State[position]);
        return (mean, square);
    }

    /// <summary>Frees the moments.</summary>
    public void Dispose() => _optimizer.Dispose();

    private static bool Decays(Parameter parameter, AdamOptions options) => !options.DecayMatricesOnly || parameter.dim() >= 2;

    private static (long Step, Tensor Mean, Tensor Square) Read(OptimizerState kept) => kept switch
    {
        Adam.State state => (state.step, state.exp_avg, state.exp_avg_sq),
        AdamW.State state => (state.step, state.exp_avg, state.exp_avg_sq),
        var other => throw new InvalidOperationException($"The optimizer keeps a {other.GetType().Name}: Adam's or AdamW's is expected."),
    };

    private void SetStepCount(long steps)
    {
        foreach (var state in _optimizer.state_dict().State)
        {
            switch (state)
            {
                case Adam.State adam:
                    adam.step = steps;
                    break;
                case AdamW.State adamW:
                    adamW.step = steps;
                    break;
            }
        }
    }
}
