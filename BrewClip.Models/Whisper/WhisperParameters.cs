using BrewClip.Models.Loading;

namespace BrewClip.Models.Whisper;

/// <summary>The parameters of a Whisper model by the hub's names, from its configuration alone: no tensor is made.</summary>
internal static class WhisperParameters
{
    public static IEnumerable<ExpectedParameter> All(WhisperConfig config) => [.. Encoder(config), .. Decoder(config)];

    public static IEnumerable<ExpectedParameter> Encoder(WhisperConfig config)
    {
        const string Lead = WhisperModel.Prefix + ".encoder.";
        long width = config.Width;
        yield return new(Lead + "conv1.weight", [width, config.MelBins, 3]);
        yield return new(Lead + "conv1.bias", [width]);
        yield return new(Lead + "conv2.weight", [width, width, 3]);
        yield return new(Lead + "conv2.bias", [width]);
        yield return new(Lead + "embed_positions.weight", [config.AudioPositions, width], Optional: true);
        for (int i = 0; i < config.EncoderLayers; i++)
        {
            string layer = $"{Lead}layers.{i}.";
            foreach (var parameter in Attention(layer + "self_attn", width).Concat(FeedForward(layer, width, config.EncoderFeedForward)))
            {
                yield return parameter;
            }
        }

        foreach (var parameter in Norm(Lead + "layer_norm", width))
        {
            yield return parameter;
        }
    }

    public static IEnumerable<ExpectedParameter> Decoder(WhisperConfig config)
    {
        const string Lead = WhisperModel.Prefix + ".decoder.";
        long width = config.Width;
        yield return new(Lead + "embed_tokens.weight", [config.VocabularySize, width]);
        yield return new(Lead + "embed_positions.weight", [config.TextPositions, width]);
        for (int i = 0; i < config.DecoderLayers; i++)
        {
            string layer = $"{Lead}layers.{i}.";
            foreach (var parameter in Attention(layer + "self_attn", width)
                .Concat(Attention(layer + "encoder_attn", width))
                .Concat(FeedForward(layer, width, config.DecoderFeedForward)))
            {
                yield return parameter;
            }
        }

        foreach (var parameter in Norm(Lead + "layer_norm", width))
        {
            yield return parameter;
        }
    }

    private static IEnumerable<ExpectedParameter> Attention(string name, long width)
    {
        foreach (string part in (string[])["q_proj", "k_proj", "v_proj", "out_proj"])
        {
            yield return new($"{name}.{part}.weight", [width, width]);
            if (part != "k_proj")
            {
                yield return new($"{name}.{part}.bias", [width]);
            }
        }

        foreach (var parameter in Norm(name + "_layer_norm", width))
        {
            yield return parameter;
        }
    }

    private static IEnumerable<ExpectedParameter> FeedForward(string layer, long width, long inner) =>
    [
        new(layer + "fc1.weight", [inner, width]),
        new(layer + "fc1.bias", [inner]),
        new(layer + "fc2.weight", [width, inner]),
        new(layer + "fc2.bias", [width]),
        .. Norm(layer + "final_layer_norm", width),
    ];

    private static IEnumerable<ExpectedParameter> Norm(string name, long width) =>
        [new(name + ".weight", [width]), new(name + ".bias", [width])];
}
