using static TorchSharp.torch;

namespace BrewClip.Models.Loading;

/// <summary>How a model's weights are loaded.</summary>
public sealed record ModelLoadingOptions
{
    /// <summary>
    /// Element type of the weights in memory and of the computation: float32, bfloat16, or float16 where the libtorch at hand computes it
    /// on the device asked for (Debian's 1.13 does not on a CPU, and loading says so). The file's own type does not matter. Default
    /// float32.
    /// </summary>
    public ScalarType Type { get; init; } = ScalarType.Float32;

    /// <summary>Where the weights go; the CPU when null.</summary>
    public Device? Device { get; init; }

    /// <summary>
    /// Ignore parameters that the model has no place for. Missing ones and wrong shapes are refused always. Default false: they are refused
    /// too.
    /// </summary>
    public bool AllowUnexpected { get; init; }

    /// <summary>Refuse weights that are no finite numbers: one of them makes every result no number. Default true.</summary>
    public bool CheckFinite { get; init; } = true;

    /// <summary>Let the weights take gradients. BrewCLIP keeps both networks frozen. Default false.</summary>
    public bool Trainable { get; init; }

    /// <summary>Told the fraction of the parameters that is loaded, from 0 to 1. Null for nobody.</summary>
    public IProgress<double>? Progress { get; init; }
}
