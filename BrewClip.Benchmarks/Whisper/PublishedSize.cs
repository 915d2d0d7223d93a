using BrewClip.Models.Layers;
using BrewClip.Models.Presets;
using BrewClip.Models.Whisper;
using static TorchSharp.torch;

namespace BrewClip.Benchmarks.Whisper;

/// <summary>Models of published sizes without published weights: uniform values of the variance that keeps states in range.</summary>
internal static class PublishedSize
{
    public static WhisperModel Whisper(string name)
    {
        var model = new WhisperModel(ModelPresets.Whisper(name), new WhisperGenerationConfig(), new ParameterOptions(ScalarType.Float32, CPU, false));
        manual_seed(1);
        using var noGrad = no_grad();
        foreach (var (parameter, tensor) in model.named_parameters())
        {
            bool isNorm = parameter.Contains("norm.weight", StringComparison.Ordinal);
            double reach = tensor.shape.Length >= 2 ? Math.Sqrt(3.0 / (tensor.numel() / tensor.shape[0])) : 0.1;
            nn.init.uniform_(tensor, isNorm ? 0.9 : -reach, isNorm ? 1.1 : reach);
        }

        return model;
    }
}
