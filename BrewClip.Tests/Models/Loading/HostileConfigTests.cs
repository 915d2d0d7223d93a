using BrewClip.Models.Clip;
using BrewClip.Models.Whisper;

namespace BrewClip.Tests.Models.Loading;

/// <summary>Configurations that ask for the impossible: refused by a sentence, before anything is allocated or computed for them.</summary>
public sealed class HostileConfigTests
{
    [Theory]
    [InlineData("""{ "encoder_layers": 1048576 }""", "encoder_layers = 1048576")]
    [InlineData("""{ "decoder_layers": 5000 }""", "decoder_layers = 5000")]
    [InlineData("""{ "max_source_positions": 1048576 }""", "max_source_positions = 1048576")]
    public void A_Whisper_of_absurd_depth_or_length_is_refused(string json, string said)
    {
        string message = Assert.Throws<InvalidDataException>(() => WhisperConfig.Parse(json)).Message;
        Assert.Contains(said, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "text_config": { "num_hidden_layers": 1048576 } }""", "num_hidden_layers = 1048576")]
    [InlineData("""{ "vision_config": { "num_hidden_layers": 4097 } }""", "num_hidden_layers = 4097")]
    [InlineData("""{ "vision_config": { "image_size": 1048576, "patch_size": 1 } }""", "1048576 pixels")]
    [InlineData("""{ "vision_config": { "image_size": 65536, "patch_size": 1 } }""", "65536 pixels")]
    public void A_CLIP_of_absurd_depth_or_more_patches_than_a_number_holds_is_refused(string json, string said)
    {
        string message = Assert.Throws<InvalidDataException>(() => ClipConfig.Parse(json)).Message;
        Assert.Contains(said, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("2")]
    public void An_epsilon_that_would_make_every_norm_nonsense_is_refused(string epsilon)
    {
        string json = $$"""{ "text_config": { "layer_norm_eps": {{epsilon}} } }""";
        string message = Assert.Throws<InvalidDataException>(() => ClipConfig.Parse(json)).Message;
        Assert.Contains($"layer_norm_eps = {epsilon}", message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => ClipConfig.Parse(json.Replace("text", "vision", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("""{ "d_model": 64, "d_model": 64 }""")]
    [InlineData("""{ "model_type": "\ud800" }""")]
    [InlineData("""{ "\ud800": 1 }""")]
    [InlineData("""{ "activation_function": "\udc00" }""")]
    public void A_key_given_twice_and_a_text_that_is_no_text_are_damage_and_said_to_be(string json)
    {
        string message = Assert.Throws<InvalidDataException>(() => WhisperConfig.Parse(json, "'here/config.json'")).Message;
        Assert.Contains("'here/config.json'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_of_megabytes_is_not_repeated_in_the_message()
    {
        string json = $$"""{ "d_model": "{{new string('x', 5_000_000)}}" }""";
        Assert.InRange(Assert.Throws<InvalidDataException>(() => WhisperConfig.Parse(json)).Message.Length, 1, 1000);
    }
}
