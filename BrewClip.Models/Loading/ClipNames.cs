using BrewClip.Core.Checkpoints;

namespace BrewClip.Models.Loading;

/// <summary>
/// CLIP's parameters: the hub's names, and those of OpenAI's own code (which open_clip shares), where query, key and value are one matrix
/// and the projections are stored transposed.
/// </summary>
internal sealed class ClipNames : CheckpointNames
{
    private const string VisionBlocks = "visual.transformer.resblocks.";
    private const string TextBlocks = "transformer.resblocks.";

    private static readonly HashSet<string> _legacyBuffers =
    [
        "text_model.embeddings.position_ids", "vision_model.embeddings.position_ids", "input_resolution", "context_length", "vocab_size",
        "attn_mask",
    ];

    private static readonly Dictionary<string, string> _counterparts = new()
    {
        ["visual.class_embedding"] = "vision_model.embeddings.class_embedding",
        ["visual.conv1.weight"] = "vision_model.embeddings.patch_embedding.weight",
        ["visual.positional_embedding"] = "vision_model.embeddings.position_embedding.weight",
        ["visual.ln_pre.weight"] = "vision_model.pre_layrnorm.weight",
        ["visual.ln_pre.bias"] = "vision_model.pre_layrnorm.bias",
        ["visual.ln_post.weight"] = "vision_model.post_layernorm.weight",
        ["visual.ln_post.bias"] = "vision_model.post_layernorm.bias",
        ["token_embedding.weight"] = "text_model.embeddings.token_embedding.weight",
        ["positional_embedding"] = "text_model.embeddings.position_embedding.weight",
        ["ln_final.weight"] = "text_model.final_layer_norm.weight",
        ["ln_final.bias"] = "text_model.final_layer_norm.bias",
    };

    private static readonly Dictionary<string, string> _transposed = new()
    {
        ["visual.proj"] = "visual_projection.weight",
        ["text_projection"] = "text_projection.weight",
    };

    private static readonly Dictionary<string, string> _layerCounterparts = new()
    {
        ["ln_1"] = "layer_norm1",
        ["ln_2"] = "layer_norm2",
        ["attn"] = "self_attn",
        ["c_fc"] = "fc1",
        ["c_proj"] = "fc2",
    };

    public override IEnumerable<StoredParameter> Translate(TensorInfo tensor)
    {
        string name = tensor.Name;
        if (_legacyBuffers.Contains(name))
        {
            return [];
        }

        if (name.StartsWith(VisionBlocks, StringComparison.Ordinal))
        {
            return Layer("vision_model.encoder.layers.", name[VisionBlocks.Length..], tensor);
        }

        if (name.StartsWith(TextBlocks, StringComparison.Ordinal))
        {
            return Layer("text_model.encoder.layers.", name[TextBlocks.Length..], tensor);
        }

        return _transposed.TryGetValue(name, out string? projection)
            ? [StoredParameter.Transpose(projection, tensor)]
            : [StoredParameter.Whole(_counterparts.GetValueOrDefault(name, name), tensor)];
    }

    private static IEnumerable<StoredParameter> Layer(string prefix, string name, TensorInfo tensor)
    {
        const string Fused = "in_proj_";
        var path = name.Split('.').Select(part => _layerCounterparts.GetValueOrDefault(part, part)).ToArray();
        if (!path[^1].StartsWith(Fused, StringComparison.Ordinal))
        {
            return [StoredParameter.Whole(prefix + string.Join('.', path), tensor)];
        }

        string attention = prefix + string.Join('.', path[..^1]);
        string kind = path[^1][Fused.Length..];
        string[] parts = ["q_proj", "k_proj", "v_proj"];
        return parts.Select((part, i) => StoredParameter.RowsOf($"{attention}.{part}.{kind}", tensor, i, parts.Length));
    }
}
