using BrewClip.Core.Checkpoints;
using BrewClip.Core.Text;
using BrewClip.Models.Brew;
using BrewClip.Models.Clip;
using BrewClip.Models.Loading;
using BrewClip.Models.Whisper;
using static TorchSharp.torch;

namespace BrewClip.Tests.Support;

/// <summary>
/// Writes a complete BrewCLIP checkpoint that any part of the product can load as if it were a real one: config, trained part, and a small
/// Whisper and CLIP beside it with tokenizers of their own. Its weights are computed by formula: what it hears is nonsense, always the
/// same.
/// </summary>
internal static class FormulaCheckpoint
{
    /// <summary>Whisper's window in seconds, where it is not told otherwise.</summary>
    public const int WindowSeconds = 3;

    private static readonly string[] _corpus =
    [
        "a brown dog runs on the beach", "two children play with a red ball", "a man climbs a snowy mountain", "people sit at a long table",
        "a small boat on the water", "the red ball and the brown dog",
    ];

    /// <summary>Writes the folder.</summary>
    /// <param name="folder">Made where it is missing.</param>
    /// <param name="variant">Which channels the model has.</param>
    /// <param name="adjust">Changes the config before anything is made of it; null for the defaults with a narrow feed-forward.</param>
    /// <param name="whisperWeights">Changes a parameter of Whisper, given its name and values; null for none.</param>
    /// <param name="languages">The languages that Whisper knows; none for English alone.</param>
    public static void Write(
        string folder,
        BrewClipVariant variant = BrewClipVariant.Full,
        Func<BrewClipConfig, BrewClipConfig>? adjust = null,
        Func<string, float[], float[]>? whisperWeights = null,
        params string[] languages)
    {
        string whisper = Path.Combine(folder, "whisper"), clip = Path.Combine(folder, "clip");
        WriteWhisper(whisper, languages, whisperWeights);
        WriteClip(clip);
        var config = new BrewClipConfig
        {
            ModelType = BrewClipConfig.ModelTypeName,
            Whisper = "whisper",
            Clip = "clip",
            Variant = variant,
            AcousticFeedForward = 64,
        };
        config = adjust?.Invoke(config) ?? config;
        config.Save(folder);
        if (config.HasTrainedPart)
        {
            WriteTrainedPart(folder, config, clip, whisper);
        }
    }

    /// <summary>Gives a network's parameters their values by formula; the logit scales keep their start.</summary>
    public static void Fill(BrewClipNetwork network)
    {
        using var noGrad = no_grad();
        foreach (var (name, parameter) in network.named_parameters()
            .Where(item => !item.name.EndsWith("logit_scale", StringComparison.Ordinal)))
        {
            using var values = tensor(FormulaWeights.Parameter(name, parameter.shape), parameter.shape);
            parameter.copy_(values);
        }
    }

    private static void WriteWhisper(string folder, string[] languages, Func<string, float[], float[]>? change)
    {
        var vocabulary = BytePairTrainer.Learn(
            _corpus.Select(text => " " + text),
            new BytePairTraining { Flavour = BytePairFlavour.Whisper, Merges = 60, Languages = languages });
        HubVocabularyWriter.Save(vocabulary, folder);
        string config = $$"""
            {
              "model_type": "whisper", "num_mel_bins": 80, "d_model": 32, "encoder_layers": 2,
              "encoder_attention_heads": 2, "encoder_ffn_dim": 64,
              "decoder_layers": 2, "decoder_attention_heads": 2, "decoder_ffn_dim": 64, "vocab_size": {{vocabulary.Size}},
              "max_source_positions": {{50 * WindowSeconds}}, "max_target_positions": 48
            }
            """;
        Write(folder, config, WhisperParameters.All(WhisperConfig.Parse(config)).Where(parameter => !parameter.Optional), change);
    }

    private static void WriteClip(string folder)
    {
        var vocabulary = BytePairTrainer.Learn(_corpus, new BytePairTraining { Flavour = BytePairFlavour.Clip, Merges = 60 });
        HubVocabularyWriter.Save(vocabulary, folder);
        string config = $$"""
            {
              "model_type": "clip", "projection_dim": 24,
              "text_config": {
                "hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2,
                "num_attention_heads": 2, "vocab_size": {{vocabulary.Size}},
                "eos_token_id": {{vocabulary.IdOf("<|endoftext|>")}}
              },
              "vision_config": {
                "hidden_size": 48, "intermediate_size": 64, "num_hidden_layers": 2,
                "num_attention_heads": 2, "image_size": 32, "patch_size": 8
              }
            }
            """;
        Write(folder, config, ClipParameters.All(ClipConfig.Parse(config)), null);
        File.WriteAllText(
            Path.Combine(folder, "preprocessor_config.json"),
            """
            {
              "do_resize": true, "size": { "shortest_edge": 32 }, "resample": 3, "do_center_crop": true,
              "crop_size": { "height": 32, "width": 32 },
              "do_rescale": true, "do_normalize": true, "image_mean": [0.48145466, 0.4578275, 0.40821073],
              "image_std": [0.26862954, 0.26130258, 0.27577711], "do_convert_rgb": true
            }
            """);
    }

    private static void Write(
        string folder, string config, IEnumerable<ExpectedParameter> parameters, Func<string, float[], float[]>? change)
    {
        File.WriteAllText(Path.Combine(folder, "config.json"), config);
        SafetensorsWriter.Write(
            Path.Combine(folder, SafetensorsFile.SingleFileName),
            parameters.Select(parameter =>
            {
                float[] values = FormulaWeights.Parameter(parameter.Name, parameter.Shape);
                return TensorData.FromFloat32(parameter.Name, parameter.Shape, change?.Invoke(parameter.Name, values) ?? values);
            }));
    }

    private static void WriteTrainedPart(string folder, BrewClipConfig config, string clipFolder, string whisperFolder)
    {
        using var scope = NewDisposeScope();
        using var clip = ClipModel.Load(clipFolder);
        using var network = new BrewClipNetwork(config, clip, WhisperConfig.Load(whisperFolder));
        Fill(network);
        BrewClipCheckpoint.Save(network, config, folder);
    }
}
