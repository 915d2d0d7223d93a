using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace BrewClip.Models.Layers;

/// <summary>The activation of a transformer layer's feed-forward half.</summary>
public enum Activation
{
    /// <summary>x·Φ(x), with the exact error function: Whisper and CLIP models trained by others than OpenAI.</summary>
    Gelu,

    /// <summary>x·σ(1.702 x), an approximation of GELU: OpenAI's CLIP.</summary>
    QuickGelu,
}

internal static class ActivationFunctions
{
    /// <summary>The constant of the sigmoid approximation (Hendrycks and Gimpel, "Gaussian Error Linear Units", section 2).</summary>
    private const double QuickGeluSlope = 1.702;

    /// <summary>The activation of every element, in a new tensor.</summary>
    public static Tensor Apply(this Activation activation, Tensor input)
    {
        if (activation == Activation.Gelu)
        {
            return F.gelu(input);
        }

        using var scope = NewDisposeScope();
        var gate = (input * QuickGeluSlope).sigmoid_();
        var result = input.requires_grad ? input * gate : gate.mul_(input);
        return result.MoveToOuterDisposeScope();
    }

    /// <summary>Its name in <c>config.json</c>.</summary>
    public static string Name(this Activation activation) => activation == Activation.Gelu ? "gelu" : "quick_gelu";

    /// <summary>The activation of a name in <c>config.json</c>.</summary>
    /// <exception cref="InvalidDataException">The name is not one of those implemented.</exception>
    public static Activation Parse(string name, string source) => name switch
    {
        "gelu" => Activation.Gelu,
        "quick_gelu" => Activation.QuickGelu,
        _ => throw new InvalidDataException($"{source} asks for the activation '{name}': only 'gelu' and 'quick_gelu' are known."),
    };
}
