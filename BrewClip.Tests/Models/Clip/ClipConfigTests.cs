using BrewClip.Models.Clip;
using BrewClip.Models.Layers;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Models.Clip;

public class ClipConfigTests
{
    [Fact]
    public void What_a_file_leaves_out_is_the_hub_default()
    {
        var config = ClipConfig.Parse("""{ "model_type": "clip" }""");
        Assert.Equal(new ClipConfig(), config);
        Assert.Equal((768, 32, 50), (config.Vision.HiddenSize, config.Vision.PatchSize, config.Vision.Positions));
        Assert.Equal((512, 8, 49407), (config.Text.HiddenSize, config.Text.AttentionHeads, config.Text.EndOfText));
    }

    [Fact]
    public void Legacy_dictionaries_win_over_the_towers_they_repeat()
    {
        var config = ClipConfig.Parse("""
            { "projection_dim": 768,
              "text_config": { "hidden_size": 512, "num_attention_heads": 8, "eos_token_id": 2, "num_hidden_layers": 3 },
              "text_config_dict": { "hidden_size": 768, "num_attention_heads": 12, "num_hidden_layers": null },
              "vision_config": null,
              "vision_config_dict": { "hidden_size": 1024, "num_attention_heads": 16, "patch_size": 14, "hidden_act": "gelu" } }
            """);
        Assert.Equal(
            (768, 12, 3, ClipTextConfig.LegacyEndOfText),
            (config.Text.HiddenSize, config.Text.AttentionHeads, config.Text.Layers, config.Text.EndOfText));
        Assert.Equal((1024, 16, 257), (config.Vision.HiddenSize, config.Vision.AttentionHeads, config.Vision.Positions));
        Assert.Equal(
            (Activation.QuickGelu, Activation.Gelu, 768), (config.Text.Activation, config.Vision.Activation, config.EmbeddingSize));
    }

    [Theory]
    [InlineData("""{ "model_type": "siglip" }""", "'siglip'")]
    [InlineData("""{ "text_config": { "hidden_act": "relu" } }""", "'relu'")]
    [InlineData("""{ "text_config": { "hidden_size": 100, "num_attention_heads": 8 } }""", "divide")]
    [InlineData("""{ "vision_config": { "num_hidden_layers": 0 } }""", "num_hidden_layers = 0")]
    [InlineData("""{ "vision_config": { "hidden_size": 2000000000 } }""", "2000000000")]
    [InlineData("""{ "vision_config": { "image_size": 8, "patch_size": 16 } }""", "not one fits")]
    [InlineData("""{ "vision_config": { "hidden_size": "wide" } }""", "a whole number")]
    [InlineData("""{ "text_config": { "eos_token_id": 60000 } }""", "outside its vocabulary")]
    [InlineData("""{ "text_config": [1] }""", "an object")]
    [InlineData("""[1]""", "not a JSON object")]
    [InlineData("""{ "projection_dim": """, "not valid JSON")]
    public void A_configuration_that_makes_no_sense_is_refused_with_a_reason(string json, string reason)
    {
        Assert.Contains(reason, Assert.Throws<InvalidDataException>(() => ClipConfig.Parse(json)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_a_configuration_is_named()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains(
            "lacks config.json", Assert.Throws<FileNotFoundException>(() => ClipConfig.Load(folder.Path)).Message,
            StringComparison.Ordinal);
    }
}
