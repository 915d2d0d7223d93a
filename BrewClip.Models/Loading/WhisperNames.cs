using BrewClip.Core.Checkpoints;
using BrewClip.Models.Whisper;

namespace BrewClip.Models.Loading;

/// <summary>
/// Whisper's parameters: the hub's names (with or without their leading <c>model.</c>), and those of OpenAI's own code, of which each part
/// of a path has its counterpart.
/// </summary>
internal sealed class WhisperNames : CheckpointNames
{
    // The output layer is the token table; files that hold it twice hold it equal.
    private const string TiedOutput = "proj_out.weight";

    private static readonly Dictionary<string, string> _counterparts = new()
    {
        ["blocks"] = "layers",
        ["attn"] = "self_attn",
        ["attn_ln"] = "self_attn_layer_norm",
        ["cross_attn"] = "encoder_attn",
        ["cross_attn_ln"] = "encoder_attn_layer_norm",
        ["query"] = "q_proj",
        ["key"] = "k_proj",
        ["value"] = "v_proj",
        ["out"] = "out_proj",
        ["mlp_ln"] = "final_layer_norm",
        ["ln_post"] = "layer_norm",
        ["ln"] = "layer_norm",
        ["token_embedding"] = "embed_tokens",
        ["positional_embedding"] = "embed_positions.weight",
    };

    public override IEnumerable<StoredParameter> Translate(TensorInfo tensor)
    {
        if (tensor.Name == TiedOutput)
        {
            return [];
        }

        string prefix = WhisperModel.Prefix + ".";
        string name = tensor.Name.StartsWith(prefix, StringComparison.Ordinal) ? tensor.Name[prefix.Length..] : tensor.Name;
        bool known = name.StartsWith("encoder.", StringComparison.Ordinal) || name.StartsWith("decoder.", StringComparison.Ordinal);
        return [StoredParameter.Whole(known ? prefix + HubName(name) : tensor.Name, tensor)];
    }

    private static string HubName(string name)
    {
        // The feed-forward half is a sequence of three, whose middle is the activation.
        string path = name.Replace(".mlp.0.", ".fc1.", StringComparison.Ordinal).Replace(".mlp.2.", ".fc2.", StringComparison.Ordinal);
        return string.Join('.', path.Split('.').Select(part => _counterparts.GetValueOrDefault(part, part)));
    }
}
