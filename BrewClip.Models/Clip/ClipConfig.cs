using System.Text.Json.Nodes;
using BrewClip.Models.Layers;
using BrewClip.Models.Loading;

namespace BrewClip.Models.Clip;

/// <summary>Shape of a CLIP model, from the hub's <c>config.json</c>.</summary>
public sealed record ClipConfig
{
    /// <summary>The image tower.</summary>
    public ClipVisionConfig Vision { get; init; } = new();

    /// <summary>The text tower.</summary>
    public ClipTextConfig Text { get; init; } = new();

    /// <summary>Width of the space that images and texts share. Default 512.</summary>
    public int EmbeddingSize { get; init; } = 512;

    /// <summary>Reads <c>config.json</c>.</summary>
    /// <param name="folderOrFile">The file, or the folder that holds it.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is not the configuration of a CLIP model, or contradicts itself.</exception>
    public static ClipConfig Load(string folderOrFile) =>
        Read(ConfigFile.Load(Directory.Exists(folderOrFile) ? Path.Combine(folderOrFile, "config.json") : folderOrFile));

    /// <summary>Reads the text of a <c>config.json</c>.</summary>
    /// <param name="json">The text.</param>
    /// <param name="source">What messages call it.</param>
    public static ClipConfig Parse(string json, string source = "config.json") => Read(ConfigFile.Parse(json, source));

    /// <summary>The text of a <c>config.json</c> of the hub that says the same.</summary>
    public string ToJson() => ConfigWriter.Write(new JsonObject
    {
        ["model_type"] = "clip",
        ["architectures"] = new JsonArray("CLIPModel"),
        ["projection_dim"] = EmbeddingSize,
        ["text_config"] = new JsonObject
        {
            ["model_type"] = "clip_text_model",
            ["vocab_size"] = Text.VocabularySize,
            ["hidden_size"] = Text.HiddenSize,
            ["intermediate_size"] = Text.IntermediateSize,
            ["num_hidden_layers"] = Text.Layers,
            ["num_attention_heads"] = Text.AttentionHeads,
            ["max_position_embeddings"] = Text.ContextLength,
            ["hidden_act"] = Text.Activation.Name(),
            ["layer_norm_eps"] = Text.LayerNormEpsilon,
            ["eos_token_id"] = Text.EndOfText,
            ["projection_dim"] = EmbeddingSize,
        },
        ["vision_config"] = new JsonObject
        {
            ["model_type"] = "clip_vision_model",
            ["hidden_size"] = Vision.HiddenSize,
            ["intermediate_size"] = Vision.IntermediateSize,
            ["num_hidden_layers"] = Vision.Layers,
            ["num_attention_heads"] = Vision.AttentionHeads,
            ["image_size"] = Vision.ImageSize,
            ["patch_size"] = Vision.PatchSize,
            ["hidden_act"] = Vision.Activation.Name(),
            ["layer_norm_eps"] = Vision.LayerNormEpsilon,
            ["projection_dim"] = EmbeddingSize,
        },
    });

    internal static ClipConfig Read(ConfigFile file)
    {
        if (file.Text("model_type") is { } type && type != "clip")
        {
            throw new InvalidDataException($"{file.Source} is the configuration of a '{type}' model: 'clip' is expected.");
        }

        return new ClipConfig
        {
            Vision = ClipVisionConfig.Read(Tower(file, "vision_config")),
            Text = ClipTextConfig.Read(Tower(file, "text_config")),
            EmbeddingSize = file.Size("projection_dim", new ClipConfig().EmbeddingSize),
        };
    }

    // Early files have a tower's values in "..._config_dict", which wins over "..._config" where both speak.
    private static ConfigFile Tower(ConfigFile file, string name) => file.Part(name).OverlaidWith(file.Part(name + "_dict"));
}
