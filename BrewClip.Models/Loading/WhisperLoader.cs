using BrewClip.Models.Whisper;

namespace BrewClip.Models.Loading;

/// <summary>Whisper, or its encoder alone, from a folder.</summary>
internal static class WhisperLoader
{
    public static WhisperModel Load(string folder, ModelLoadingOptions options, CancellationToken cancellation)
    {
        var config = WhisperConfig.Load(folder);
        var generation = WhisperGenerationConfig.Load(folder);
        foreach (var head in generation.AlignmentHeads ?? [])
        {
            if (!config.Has(head))
            {
                throw new InvalidDataException(
                    $"'{folder}': generation_config.json names head {head.Head} of layer {head.Layer} for alignment, and config.json asks "
                    + "for "
                    + $"{config.DecoderLayers} layers of {config.DecoderAttentionHeads} heads.");
            }
        }

        return ModelLoader.Load(
            folder,
            options,
            new WhisperNames(),
            WhisperParameters.All(config),
            [],
            placement => new WhisperModel(config, generation, placement),
            model => model.state_dict(),
            _ => SinusoidalPositions.Compute(config.AudioPositions, config.Width),
            cancellation);
    }

    public static WhisperEncoder LoadEncoder(string folder, ModelLoadingOptions options, CancellationToken cancellation)
    {
        var config = WhisperConfig.Load(folder);
        return ModelLoader.Load(
            folder,
            options,
            new WhisperNames(),
            WhisperParameters.Encoder(config),
            WhisperParameters.Decoder(config),
            placement => new WhisperEncoder(config, placement),
            encoder => encoder.state_dict(prefix: WhisperModel.Prefix + ".encoder"),
            _ => SinusoidalPositions.Compute(config.AudioPositions, config.Width),
            cancellation);
    }
}
