using TorchSharp.Modules;

namespace BrewClip.Training;

/// <summary>Where weight decay enters Adam.</summary>
public enum AdamKind
{
    /// <summary>The decay is part of the gradient: the paper's.</summary>
    Adam,

    /// <summary>The decay shrinks the weights themselves (Loshchilov and Hutter).</summary>
    AdamW,
}

/// <summary>Adam and its settings; the learning rate is the schedule's.</summary>
public sealed record AdamOptions
{
    /// <summary>Where weight decay enters. Default Adam (paper, appendix A).</summary>
    public AdamKind Kind { get; init; } = AdamKind.Adam;

    /// <summary>Decay of the gradient's mean, 0 to below 1. Default 0.9.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the gradient's mean square, 0 to below 1. Default 0.999.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Added to the root of the mean square. Default 1e-8.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Weight decay, at least 0. Default 1e-6 (SpeechCLIP's configuration, which the paper follows).</summary>
    public double WeightDecay { get; init; } = 1e-6;

    /// <summary>
    /// Decay only what has two dimensions or more: no bias, no norm, no scale. Default false; CLIP and Whisper were trained with true.
    /// </summary>
    public bool DecayMatricesOnly { get; init; }

    /// <summary>Checks the numbers.</summary>
    /// <exception cref="ArgumentException">One is out of its range.</exception>
    public void Validate()
    {
        if (Beta1 is not (>= 0 and < 1) || Beta2 is not (>= 0 and < 1) || !(Epsilon > 0) || !(WeightDecay >= 0))
        {
            throw new ArgumentException(
                $"Adam's settings are beta1 = {Beta1}, beta2 = {Beta2}, epsilon = {Epsilon}, weight decay = {WeightDecay}: "
                + "the betas lie in [0, 1), epsilon is above 0, the decay at least 0.");
        }
    }

    /// <summary>Makes the optimizer. The caller disposes it.</summary>
    public AdamOptimization Create(IReadOnlyList<(string Name, Parameter Parameter)> parameters, double rate) =>
        new(this, parameters, rate);
}
