using BrewClip.Core.Audio;
using BrewClip.Core.Checkpoints;
using BrewClip.Models.Whisper;
using BrewClip.Tests.Models;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Training.Probes;

/// <summary>Recordings named and laid out as RAVDESS's, whose emotion is a tone's pitch, and an encoder of one small layer.</summary>
internal static class ToyRavdess
{
    public static readonly int[] Actors = [1, 2, 19, 20];

    private const string Config = """
        {
          "model_type": "whisper", "num_mel_bins": 80, "d_model": 16, "encoder_layers": 1,
          "encoder_attention_heads": 2, "encoder_ffn_dim": 32,
          "decoder_layers": 1, "decoder_attention_heads": 2, "decoder_ffn_dim": 32, "vocab_size": 51865, "max_source_positions": 40,
          "max_target_positions": 16, "activation_function": "gelu", "scale_embedding": false
        }
        """;

    public static void WriteCorpus(string root)
    {
        foreach (int actor in Actors)
        {
            for (int emotion = 1; emotion <= 5; emotion++)
            {
                for (int statement = 1; statement <= 2; statement++)
                {
                    string path = Path.Combine(root, $"Actor_{actor:00}", $"03-01-{emotion:00}-01-{statement:00}-01-{actor:00}.wav");
                    Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                    WaveFileWriter.Write(
                        path, Tone(200 + 600 * (emotion <= 2 ? 0 : emotion - 2), actor, 8000 + 320 * statement + 100 * actor));
                }
            }
        }
    }

    public static void WriteEncoder(string folder) => FormulaModels.Write(
        folder, Config,
        WhisperParameters.Encoder(WhisperConfig.Parse(Config))
            .Where(parameter => !parameter.Optional).Select(parameter => new FormulaTensor(
            parameter.Name, [.. parameter.Shape], FormulaWeights.Parameter(parameter.Name, [.. parameter.Shape]))),
        SafetensorsType.Float16);

    private static AudioClip Tone(double frequency, int actor, int samples)
    {
        float[] noise = FormulaWeights.Uniform($"actor{actor}", samples);
        return new AudioClip(
            Enumerable.Range(0, samples).Select(
                i => (float)(0.4 * Math.Sin(2 * Math.PI * (frequency + 3 * actor) * i / 16_000) + 0.01 * noise[i])).ToArray(), 16_000);
    }
}
