using BrewClip.Models.Clip;
using BrewClip.Models.Loading;
using BrewClip.Models.Presets;
using BrewClip.Models.Whisper;

namespace BrewClip.Tests.Models.Presets;

/// <summary>Every published size, from its configuration alone: no weight is allocated.</summary>
public class ModelPresetsTests
{
    // Parameters as the published checkpoints hold them, the encoder's stored sinusoids included and the tied output layer once.
    public static readonly TheoryData<string, long, int, int> WhisperSizes = new()
    {
        { "whisper-tiny", 37_760_640, 384, 51865 },
        { "whisper-tiny.en", 37_760_256, 384, 51864 },
        { "whisper-base", 72_593_920, 512, 51865 },
        { "whisper-base.en", 72_593_408, 512, 51864 },
        { "whisper-small", 241_734_912, 768, 51865 },
        { "whisper-small.en", 241_734_144, 768, 51864 },
        { "whisper-medium", 763_857_920, 1024, 51865 },
        { "whisper-medium.en", 763_856_896, 1024, 51864 },
        { "whisper-large-v1", 1_543_304_960, 1280, 51865 },
        { "whisper-large-v2", 1_543_304_960, 1280, 51865 },
        { "whisper-large-v3", 1_543_490_560, 1280, 51866 },
        { "whisper-large-v3-turbo", 808_878_080, 1280, 51866 },
    };

    public static readonly TheoryData<string, long, int, int> ClipSizes = new()
    {
        { "clip-vit-base-patch32", 151_277_313, 50, 512 },
        { "clip-vit-base-patch16", 149_620_737, 197, 512 },
        { "clip-vit-large-patch14", 427_616_513, 257, 768 },
        { "clip-vit-large-patch14-336", 427_944_193, 577, 768 },
    };

    [Theory]
    [MemberData(nameof(WhisperSizes))]
    public void A_whisper_preset_has_the_published_parameters(string name, long count, int width, int vocabulary)
    {
        var config = ModelPresets.Whisper(name);
        var shapes = Shapes(WhisperParameters.All(config));
        Assert.Equal(count, Count(shapes));
        int mels = name.StartsWith("whisper-large-v3", StringComparison.Ordinal) ? 128 : 80;
        Assert.Equal([width, mels, 3], shapes["model.encoder.conv1.weight"]);
        Assert.Equal([1500, width], shapes["model.encoder.embed_positions.weight"]);
        Assert.Equal([448, width], shapes["model.decoder.embed_positions.weight"]);
        Assert.Equal([vocabulary, width], shapes["model.decoder.embed_tokens.weight"]);
        Assert.Equal([4 * width, width], shapes[$"model.encoder.layers.{config.EncoderLayers - 1}.fc1.weight"]);
        Assert.Equal([width, width], shapes[$"model.decoder.layers.{config.DecoderLayers - 1}.encoder_attn.k_proj.weight"]);
        Assert.DoesNotContain("model.decoder.layers.0.self_attn.k_proj.bias", shapes.Keys);
        Assert.Equal(!name.EndsWith(".en", StringComparison.Ordinal), config.IsMultilingual);
        Assert.Equal(64, width / config.DecoderAttentionHeads);
        Assert.All(ModelPresets.WhisperAlignmentHeads(name), head =>
            Assert.True(head.Layer < config.DecoderLayers && head.Head < config.DecoderAttentionHeads, $"{head}"));
    }

    [Theory]
    [MemberData(nameof(ClipSizes))]
    public void A_clip_preset_has_the_published_parameters(string name, long count, int positions, int embedding)
    {
        var config = ModelPresets.Clip(name);
        var shapes = Shapes(ClipParameters.All(config));
        Assert.Equal(count, Count(shapes));
        Assert.Equal([positions, config.Vision.HiddenSize], shapes["vision_model.embeddings.position_embedding.weight"]);
        Assert.Equal([77, config.Text.HiddenSize], shapes["text_model.embeddings.position_embedding.weight"]);
        Assert.Equal([embedding, config.Vision.HiddenSize], shapes["visual_projection.weight"]);
        Assert.Equal([embedding, config.Text.HiddenSize], shapes["text_projection.weight"]);
        Assert.Equal(64, config.Vision.HiddenSize / config.Vision.AttentionHeads);
        Assert.Equal([], shapes["logit_scale"]);
    }

    [Fact]
    public void Every_preset_is_in_a_table_above()
    {
        Assert.Equal(WhisperSizes.Select(row => (string)row[0]!).Order(StringComparer.Ordinal), ModelPresets.WhisperNames);
        Assert.Equal(ClipSizes.Select(row => (string)row[0]!).Order(StringComparer.Ordinal), ModelPresets.ClipNames);
        Assert.Equal(16, ModelPresets.Names.Count);
    }

    [Fact]
    public void An_unknown_preset_is_answered_with_those_there_are()
    {
        Assert.Contains(
            "whisper-tiny", Assert.Throws<ArgumentException>(() => ModelPresets.Whisper("whisper-huge")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_parameters_of_the_golden_models_are_those_walked_from_their_configuration()
    {
        var whisper = Shapes(WhisperParameters.All(WhisperConfig.Parse(FormulaModels.WhisperConfig)));
        Assert.True(whisper.Remove("model.encoder.embed_positions.weight"));
        AssertSame(FormulaModels.Whisper, whisper);
        AssertSame(FormulaModels.Clip, Shapes(ClipParameters.All(ClipConfig.Parse(FormulaModels.ClipConfig))));
    }

    private static void AssertSame(IReadOnlyDictionary<string, FormulaTensor> expected, Dictionary<string, long[]> actual)
    {
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        Assert.All(expected.Values, tensor => Assert.Equal(tensor.Shape, actual[tensor.Name]));
    }

    private static Dictionary<string, long[]> Shapes(IEnumerable<ExpectedParameter> parameters) =>
        parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Shape);

    private static long Count(Dictionary<string, long[]> shapes) =>
        shapes.Values.Sum(shape => shape.Aggregate(1L, (product, size) => product * size));
}
