using BrewClip.Models.Clip;
using BrewClip.Models.Layers;
using BrewClip.Models.Presets;
using BrewClip.Models.Whisper;
using static TorchSharp.torch;

namespace BrewClip.Benchmarks;

/// <summary>Models of published sizes without published weights: uniform values of the variance that keeps states in range.</summary>
internal static class PublishedSize
{
    private static readonly ParameterOptions _frozen = new(ScalarType.Float32, CPU, RequiresGradient: false);

    /// <param name="name">A preset, such as <c>whisper-base</c>.</param>
    public static WhisperModel Whisper(string name) =>
        Filled(new WhisperModel(ModelPresets.Whisper(name), new WhisperGenerationConfig(), _frozen));

    /// <param name="name">A preset, such as <c>clip-vit-base-patch32</c>.</param>
    public static ClipModel Clip(string name) => Filled(new ClipModel(ModelPresets.Clip(name), _frozen));

    /// <summary>Fills every parameter of a network.</summary>
    public static T Filled<T>(T network)
        where T : nn.Module
    {
        manual_seed(1);
        using var noGrad = no_grad();
        foreach (var (parameter, tensor) in network.named_parameters())
        {
            bool isNorm = parameter.Contains("norm", StringComparison.Ordinal) && parameter.EndsWith("weight", StringComparison.Ordinal);
            double reach = tensor.shape.Length >= 2 ? Math.Sqrt(3.0 / (tensor.numel() / tensor.shape[0])) : 0.1;
            nn.init.uniform_(tensor, isNorm ? 0.9 : -reach, isNorm ? 1.1 : reach);
        }

        network.eval();
        return network;
    }
}
