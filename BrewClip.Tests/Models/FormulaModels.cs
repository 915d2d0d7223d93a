using System.Text.Json;
using BrewClip.Core.Checkpoints;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Models;

/// <summary>Folders of the hub's layout holding the small models of the goldens, their weights computed by formula.</summary>
internal static class FormulaModels
{
    public const string WhisperConfig = """
        {
          "model_type": "whisper", "num_mel_bins": 80, "d_model": 64, "encoder_layers": 2,
          "encoder_attention_heads": 2, "encoder_ffn_dim": 256,
          "decoder_layers": 2, "decoder_attention_heads": 2, "decoder_ffn_dim": 256, "vocab_size": 51865, "max_source_positions": 1500,
          "max_target_positions": 448, "activation_function": "gelu", "scale_embedding": false
        }
        """;

    public const string ClipConfig = """
        {
          "model_type": "clip", "projection_dim": 48,
          "text_config": {
            "hidden_size": 128, "intermediate_size": 512, "num_hidden_layers": 2, "num_attention_heads": 2, "eos_token_id": 49407
          },
          "vision_config": {
            "hidden_size": 128, "intermediate_size": 512, "num_hidden_layers": 2,
            "num_attention_heads": 2, "image_size": 32, "patch_size": 8
          }
        }
        """;

    private static readonly Lazy<Dictionary<string, FormulaTensor>> _whisper = new(() => Read("whisper"));
    private static readonly Lazy<Dictionary<string, FormulaTensor>> _clip = new(() => Read("clip"));

    /// <summary>Whisper's parameters under the hub's names; the encoder's positions are not among them.</summary>
    public static IReadOnlyDictionary<string, FormulaTensor> Whisper => _whisper.Value;

    public static IReadOnlyDictionary<string, FormulaTensor> Clip => _clip.Value;

    /// <summary>Writes config.json and model.safetensors.</summary>
    public static void WriteWhisper(string folder, SafetensorsType type = SafetensorsType.Float32) =>
        Write(folder, WhisperConfig, Whisper.Values, type);

    /// <summary>Writes config.json and model.safetensors.</summary>
    public static void WriteClip(string folder, SafetensorsType type = SafetensorsType.Float32) =>
        Write(folder, ClipConfig, Clip.Values, type);

    public static void Write(
        string folder, string config, IEnumerable<FormulaTensor> tensors, SafetensorsType type = SafetensorsType.Float32)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "config.json"), config);
        SafetensorsWriter.Write(
            Path.Combine(folder, SafetensorsFile.SingleFileName),
            tensors.Select(tensor => TensorData.FromFloat32(tensor.Name, tensor.Shape, tensor.Values, type)));
    }

    private static Dictionary<string, FormulaTensor> Read(string model)
    {
        var shapes = JsonSerializer.Deserialize<Dictionary<string, long[]>>(File.ReadAllText(TestFiles.Golden(model, "parameters.json")))!;
        return shapes.ToDictionary(
            item => item.Key, item => new FormulaTensor(item.Key, item.Value, FormulaWeights.Parameter(item.Key, item.Value)));
    }
}

internal sealed record FormulaTensor(string Name, long[] Shape, float[] Values);
