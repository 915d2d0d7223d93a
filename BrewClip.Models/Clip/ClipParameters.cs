using BrewClip.Models.Loading;

namespace BrewClip.Models.Clip;

/// <summary>The parameters of a CLIP model by the hub's names, from its configuration alone: no tensor is made.</summary>
internal static class ClipParameters
{
    public const string LogitScale = "logit_scale";

    public static IEnumerable<ExpectedParameter> All(ClipConfig config) => [.. Vision(config), .. Text(config), new(LogitScale, [])];

    public static IEnumerable<ExpectedParameter> Vision(ClipConfig config)
    {
        const string Lead = "vision_model.";
        var tower = config.Vision;
        long width = tower.HiddenSize;
        return
        [
            new(Lead + "embeddings.class_embedding", [width]),
            new(Lead + "embeddings.patch_embedding.weight", [width, 3, tower.PatchSize, tower.PatchSize]),
            new(Lead + "embeddings.position_embedding.weight", [tower.Positions, width]),
            .. Norm(Lead + "pre_layrnorm", width),
            .. Layers(Lead, tower.Layers, width, tower.IntermediateSize),
            .. Norm(Lead + "post_layernorm", width),
            new("visual_projection.weight", [config.EmbeddingSize, width]),
        ];
    }

    public static IEnumerable<ExpectedParameter> Text(ClipConfig config)
    {
        const string Lead = "text_model.";
        var tower = config.Text;
        long width = tower.HiddenSize;
        return
        [
            new(Lead + "embeddings.token_embedding.weight", [tower.VocabularySize, width]),
            new(Lead + "embeddings.position_embedding.weight", [tower.ContextLength, width]),
            .. Layers(Lead, tower.Layers, width, tower.IntermediateSize),
            .. Norm(Lead + "final_layer_norm", width),
            new("text_projection.weight", [config.EmbeddingSize, width]),
        ];
    }

    private static IEnumerable<ExpectedParameter> Layers(string tower, int count, long width, long inner) =>
        Enumerable.Range(0, count).SelectMany(i => Layer($"{tower}encoder.layers.{i}.", width, inner));

    private static IEnumerable<ExpectedParameter> Layer(string layer, long width, long inner) =>
    [
        .. Linear(layer + "self_attn.q_proj", width, width),
        .. Linear(layer + "self_attn.k_proj", width, width),
        .. Linear(layer + "self_attn.v_proj", width, width),
        .. Linear(layer + "self_attn.out_proj", width, width),
        .. Norm(layer + "layer_norm1", width),
        .. Linear(layer + "mlp.fc1", width, inner),
        .. Linear(layer + "mlp.fc2", inner, width),
        .. Norm(layer + "layer_norm2", width),
    ];

    private static IEnumerable<ExpectedParameter> Linear(string name, long inputs, long outputs) =>
        [new(name + ".weight", [outputs, inputs]), new(name + ".bias", [outputs])];

    private static IEnumerable<ExpectedParameter> Norm(string name, long width) =>
        [new(name + ".weight", [width]), new(name + ".bias", [width])];
}
