using BrewClip.Models.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace BrewClip.Models.Whisper;

/// <summary>
/// The weights that Whisper's training starts from: linear layers as PyTorch makes them (openai/whisper sets nothing else), convolutions
/// as He et al. (2015) do, because PyTorch's would leave the sound at a tenth of the size of the positions that are added to it, sinusoids
/// for the encoder's positions, and small tables, because the token table is also the output layer.
/// </summary>
internal static class WhisperInitialization
{
    /// <summary>The hub's init_std for Whisper, and the usual deviation of a token table that is also the output layer.</summary>
    private const double TableDeviation = 0.02;

    public static void Fill(WhisperModel model, long seed)
    {
        WeightInitialization.Fill(model, seed, (name, tensor, generator) => Fill(name, tensor, model.Config, generator));
        foreach (var (_, parameter) in model.Encoder.named_parameters()
            .Where(item => item.name.StartsWith("embed_positions", StringComparison.Ordinal)))
        {
            parameter.requires_grad = false;
        }
    }

    private static void Fill(string name, Tensor tensor, WhisperConfig config, Generator generator)
    {
        string[] path = name.Split('.');
        if (WeightInitialization.IsNorm(name))
        {
            WeightInitialization.FillNorm(name, tensor);
        }
        else if (path[1] == "encoder" && path[2] == "embed_positions")
        {
            using var sinusoids = torch.tensor(SinusoidalPositions.Compute(config.AudioPositions, config.Width), tensor.shape);
            tensor.copy_(sinusoids);
        }
        else if (path[^2] is "embed_positions" or "embed_tokens")
        {
            nn.init.normal_(tensor, 0, TableDeviation, generator);
        }
        else if (path[^2] is "conv1" or "conv2" && path[^1] == "weight")
        {
            double bound = Math.Sqrt(6.0 / FanIn(path, tensor, config));
            nn.init.uniform_(tensor, -bound, bound, generator);
        }
        else
        {
            WeightInitialization.FillAsPyTorch(tensor, FanIn(path, tensor, config), generator);
        }
    }

    private static long FanIn(string[] path, Tensor tensor, WhisperConfig config)
    {
        if (path[^1] == "weight")
        {
            return tensor.numel() / tensor.shape[0];
        }

        return path[^2] switch
        {
            "conv1" => config.MelBins * ConvolutionLayer.KernelSize,
            "conv2" => config.Width * ConvolutionLayer.KernelSize,
            "fc2" => path[1] == "encoder" ? config.EncoderFeedForward : config.DecoderFeedForward,
            _ => config.Width,
        };
    }
}
