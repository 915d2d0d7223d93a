using System.Text.Json;
using System.Text.Json.Nodes;

namespace BrewClip.Core.Images;

/// <summary>The text of a <c>preprocessor_config.json</c> as the hub's image processor for CLIP reads it.</summary>
internal static class PreprocessorConfigWriter
{
    private const int Bicubic = 3;

    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true };

    public static string Write(ClipImageProcessorConfig config) => new JsonObject
    {
        ["image_processor_type"] = "CLIPImageProcessor",
        ["do_convert_rgb"] = true,
        ["do_resize"] = true,
        ["size"] = new JsonObject { ["shortest_edge"] = config.ShortSide ?? config.Size },
        ["resample"] = Bicubic,
        ["do_center_crop"] = true,
        ["crop_size"] = new JsonObject { ["height"] = config.Size, ["width"] = config.Size },
        ["do_rescale"] = true,
        ["rescale_factor"] = 1.0 / 255,
        ["do_normalize"] = true,
        ["image_mean"] = new JsonArray([.. config.Mean.Select(value => (JsonNode)value)]),
        ["image_std"] = new JsonArray([.. config.StandardDeviation.Select(value => (JsonNode)value)]),
    }.ToJsonString(_indented) + "\n";
}
