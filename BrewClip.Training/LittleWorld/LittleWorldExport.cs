using System.Text.Json;
using System.Text.Json.Nodes;
using BrewClip.Core.Audio;
using BrewClip.Core.Checkpoints;
using BrewClip.Core.Images;
using BrewClip.Core.Text;
using BrewClip.Models.Brew;
using BrewClip.Models.Clip;
using BrewClip.Models.Whisper;

namespace BrewClip.Training.LittleWorld;

/// <summary>
/// Trained folders to folders that are given away: float16, and with the small files that the hub's layout has beside the weights.
/// </summary>
public static class LittleWorldExport
{
    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true };

    /// <summary>Copies every model of a run that there is a best one of.</summary>
    /// <param name="run">The run's folder.</param>
    /// <param name="folder">Where to: a folder for each model is made in it.</param>
    /// <param name="cancellation">Checked between models.</param>
    /// <returns>The folders, as they are written.</returns>
    /// <exception cref="FileNotFoundException">The run holds no trained model.</exception>
    public static IReadOnlyList<string> All(string run, string folder, CancellationToken cancellation = default)
    {
        var written = new List<string>();
        foreach (var (name, copy) in (ReadOnlySpan<(string, Action<string, string>)>)
            [(LittleWorldTraining.ClipFolder, Clip), (LittleWorldTraining.WhisperFolder, Whisper)])
        {
            cancellation.ThrowIfCancellationRequested();
            string best = Path.Combine(run, name, "best");
            if (Directory.Exists(best))
            {
                copy(best, Path.Combine(folder, name));
                written.Add(Path.Combine(folder, name));
            }
        }

        if (written.Count == 2)
        {
            written.AddRange(BrewModels(run, folder));
        }

        return written.Count > 0
            ? written
            : throw new FileNotFoundException(
                $"'{run}' holds no trained model: '{LittleWorldTraining.ClipFolder}/best' and '{LittleWorldTraining.WhisperFolder}/best' "
                + "are missing.");
    }

    // Where no variant with both channels is trained yet, the zero-shot pipeline takes its name: it needs no weights.
    private static IEnumerable<string> BrewModels(string run, string folder)
    {
        foreach (var variant in (BrewClipVariant[])[BrewClipVariant.Full, BrewClipVariant.PipelinePrompted, BrewClipVariant.AcousticOnly])
        {
            string name = LittleWorldTraining.FolderOf(variant), best = Path.Combine(run, name, "best"),
            target = Path.Combine(folder, name);
            if (Directory.Exists(best))
            {
                Directory.CreateDirectory(target);
                AtomicFile.Write(Path.Combine(target, SafetensorsFile.SingleFileName), stream =>
                {
                    using var weights = File.OpenRead(Path.Combine(best, SafetensorsFile.SingleFileName));
                    weights.CopyTo(stream);
                });
                Stands(BrewClipConfig.Load(best)).Save(target);
                yield return target;
            }
            else if (variant == BrewClipVariant.Full)
            {
                Directory.CreateDirectory(target);
                Stands(NanoModels.Brew(BrewClipVariant.PipelineZeroShot, "", "")).Save(target);
                yield return target;
            }
        }
    }

    private static BrewClipConfig Stands(BrewClipConfig config) =>
        config with { Whisper = $"../{LittleWorldTraining.WhisperFolder}", Clip = $"../{LittleWorldTraining.ClipFolder}" };

    /// <summary>Copies a CLIP.</summary>
    /// <param name="trained">The folder of the best model of a run.</param>
    /// <param name="folder">Where to; made where missing, files of the same names are replaced.</param>
    /// <exception cref="IOException">A folder cannot be read or written.</exception>
    public static void Clip(string trained, string folder)
    {
        using var model = ClipModel.Load(trained);
        model.Save(folder, SafetensorsType.Float16);
        HubVocabularyWriter.Save(ClipTokenizer.Load(trained).Vocabulary, folder);
        ClipImageProcessorConfig.Load(trained).Save(folder);
    }

    /// <summary>Copies a Whisper, with <c>generation_config.json</c> and <c>preprocessor_config.json</c>.</summary>
    /// <inheritdoc cref="Clip" path="/param|/exception"/>
    public static void Whisper(string trained, string folder)
    {
        using var model = WhisperModel.Load(trained);
        var tokenizer = WhisperTokenizer.Load(trained, model.Config.VocabularySize);
        model.Save(folder, SafetensorsType.Float16);
        HubVocabularyWriter.Save(tokenizer.Vocabulary, folder);
        Write(folder, "generation_config.json", Generation(tokenizer, model.Config));
        Write(folder, "preprocessor_config.json", Preprocessing(model.Config));
    }

    private static JsonObject Generation(WhisperTokenizer tokenizer, WhisperConfig config) => new()
    {
        ["decoder_start_token_id"] = tokenizer.StartOfTranscript,
        ["bos_token_id"] = tokenizer.EndOfText,
        ["eos_token_id"] = tokenizer.EndOfText,
        ["pad_token_id"] = tokenizer.EndOfText,
        ["no_timestamps_token_id"] = tokenizer.NoTimestamps,
        ["prev_sot_token_id"] = tokenizer.StartOfPrevious,
        ["is_multilingual"] = tokenizer.IsMultilingual,
        ["max_length"] = config.TextPositions,
        ["suppress_tokens"] = new JsonArray([.. tokenizer.NonSpeechTokens.Select(token => (JsonNode)token)]),
        ["begin_suppress_tokens"] = new JsonArray([.. tokenizer.Encode(" ").Append(tokenizer.EndOfText).Select(token => (JsonNode)token)]),
    };

    private static JsonObject Preprocessing(WhisperConfig config) => new()
    {
        ["feature_extractor_type"] = "WhisperFeatureExtractor",
        ["feature_size"] = config.MelBins,
        ["sampling_rate"] = LogMelSpectrogram.SampleRate,
        ["n_fft"] = LogMelSpectrogram.FrequencySize,
        ["hop_length"] = LogMelSpectrogram.HopLength,
        ["chunk_length"] = config.MelFrames * LogMelSpectrogram.HopLength / LogMelSpectrogram.SampleRate,
        ["n_samples"] = config.MelFrames * LogMelSpectrogram.HopLength,
        ["nb_max_frames"] = config.MelFrames,
        ["padding_side"] = "right",
        ["padding_value"] = 0.0,
        ["return_attention_mask"] = false,
    };

    private static void Write(string folder, string name, JsonObject values) =>
        AtomicFile.WriteAllText(Path.Combine(folder, name), values.ToJsonString(_indented) + "\n");
}
