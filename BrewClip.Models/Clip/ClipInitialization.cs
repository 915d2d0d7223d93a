using BrewClip.Models.Layers;
using static TorchSharp.torch;

namespace BrewClip.Models.Clip;

/// <summary>
/// The weights that CLIP's training starts from, as openai/CLIP's <c>initialize_parameters</c> sets them for the text tower; the image
/// tower's transformer, which OpenAI leaves to the framework's defaults, is treated alike.
/// </summary>
internal static class ClipInitialization
{
    /// <summary>ln(1 / 0.07) (CLIP paper, section 2.5).</summary>
    private static readonly double _logitScale = Math.Log(1 / 0.07);

    private const double TokenDeviation = 0.02;
    private const double PositionDeviation = 0.01;

    public static void Fill(ClipModel model, long seed) =>
        WeightInitialization.Fill(model, seed, (name, tensor, generator) => Fill(name, tensor, model.Config, generator));

    private static void Fill(string name, Tensor tensor, ClipConfig config, Generator generator)
    {
        if (WeightInitialization.IsNorm(name))
        {
            WeightInitialization.FillNorm(name, tensor);
        }
        else if (name == ClipParameters.LogitScale)
        {
            tensor.fill_(_logitScale);
        }
        else if (name.EndsWith(".bias", StringComparison.Ordinal))
        {
            tensor.zero_();
        }
        else
        {
            nn.init.normal_(tensor, 0, Deviation(name, config), generator);
        }
    }

    private static double Deviation(string name, ClipConfig config)
    {
        bool isText = name.StartsWith("text_", StringComparison.Ordinal);
        double width = isText ? config.Text.HiddenSize : config.Vision.HiddenSize;
        int layers = isText ? config.Text.Layers : config.Vision.Layers;
        double residual = Math.Sqrt(2.0 * layers);
        return name.Split('.')[^2] switch
        {
            "token_embedding" => TokenDeviation,
            "position_embedding" when isText => PositionDeviation,
            "patch_embedding" => 1 / Math.Sqrt(3.0 * config.Vision.PatchSize * config.Vision.PatchSize),
            "out_proj" or "fc2" => 1 / Math.Sqrt(width) / residual,
            "fc1" => 1 / Math.Sqrt(2 * width),
            _ => 1 / Math.Sqrt(width),
        };
    }
}
